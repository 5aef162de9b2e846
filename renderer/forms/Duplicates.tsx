import type { CommandOutput } from '../../shared/contract';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';

export type Duplicate = CommandOutput<'records.duplicates'>[number];

interface DuplicatesProps {
  object: string;
  duplicates: readonly Duplicate[];
  onOpen: (id: string) => void;
  onMerge?: (duplicate: Duplicate) => void;
}

/** Records that are probably the same, why, and the way to them. */
export function Duplicates({ object, duplicates, onOpen, onMerge }: DuplicatesProps) {
  return (
    <ul className="duplicates">
      {duplicates.map((duplicate) => (
        <li key={duplicate.id}>
          <Avatar name={duplicate.title} id={duplicate.id} shape={object === 'person' ? 'round' : 'square'} />
          <div className="grow">
            <p className="cut">
              <span className="strong">{duplicate.title}</span>
              {duplicate.subtitle !== '' && <span className="dim"> · {duplicate.subtitle}</span>}
            </p>
            <p className="dim">{duplicate.why}</p>
          </div>
          <Button onClick={() => onOpen(duplicate.id)}>
            Open that one<span className="visually-hidden">: {duplicate.title}</span>
          </Button>
          {onMerge && (
            <Button onClick={() => onMerge(duplicate)}>
              Merge…<span className="visually-hidden"> with {duplicate.title}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
