import { useState } from 'react';
import { useConnection } from '../app/state';

interface ApprovalProps {
  /** What happens to which record, up to the workspace: "Changes Job title of Jane Smith (person)". */
  what: string;
  /** Shown on demand; null while the record is not made yet. */
  id: string | null;
}

/** Says before a write what it will do to which record of which workspace. */
export function Approval({ what, id }: ApprovalProps) {
  const connection = useConnection();
  const [shown, setShown] = useState(false);
  return (
    <p className="approval dim">
      {what} in {connection?.name ?? 'no workspace'}.{' '}
      {id !== null &&
        (shown ? (
          <code className="approval-id">{id}</code>
        ) : (
          <button type="button" className="record-ref" onClick={() => setShown(true)}>
            Show its id
          </button>
        ))}
    </p>
  );
}

/** "Changes Job title and City of Jane Smith (person)". */
export function changeWords(labels: readonly string[], title: string, object: string): string {
  const last = labels.at(-1) ?? 'nothing';
  const rest = labels.slice(0, -1);
  const fields = rest.length === 0 ? last : `${rest.join(', ')} and ${last}`;
  return `Changes ${fields} of ${title} (${object.toLowerCase()})`;
}
