import { useState } from 'react';
import type { OutboxEntryView } from '../../shared/app/outbox';
import { Button } from '../ui/button';
import { Segmented } from '../ui/segmented';
import { resolve } from './store';

/** Mine or theirs, field by field; nothing is sent before the choice is saved. */
export function ConflictChooser({ entry }: { entry: OutboxEntryView }) {
  const [choices, setChoices] = useState<Record<string, 'mine' | 'theirs'>>({});
  const complete = entry.conflicts.every(({ field }) => choices[field] !== undefined);
  return (
    <div className="conflict">
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Yours</th>
            <th scope="col">On the server</th>
            <th scope="col">Keep</th>
          </tr>
        </thead>
        <tbody>
          {entry.conflicts.map((conflict) => (
            <tr key={conflict.field}>
              <th scope="row">{fieldWords(conflict.field)}</th>
              <td data-kept={choices[conflict.field] === 'mine' || undefined}>{valueText(conflict.mine)}</td>
              <td data-kept={choices[conflict.field] === 'theirs' || undefined}>{valueText(conflict.theirs)}</td>
              <td>
                <Segmented<'mine' | 'theirs' | ''>
                  label={`Keep for ${fieldWords(conflict.field)}`}
                  value={choices[conflict.field] ?? ''}
                  options={[
                    { value: 'mine', label: 'Yours' },
                    { value: 'theirs', label: 'Server' },
                  ]}
                  onChange={(value) => value !== '' && setChoices({ ...choices, [conflict.field]: value })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button tone="accent" disabled={!complete} onClick={() => void resolve(entry.id, choices)}>
          Save the choice
        </Button>
        {!complete && <span className="dim">Choose for each field.</span>}
      </div>
    </div>
  );
}

/** `jobTitle` as "Job title", `emails.primaryEmail` as "Emails, primary email". */
export function fieldWords(field: string): string {
  const words = field
    .split('.')
    .map((part) => part.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase())
    .join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Any field value on one line; composites show their filled parts. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (Array.isArray(value)) return value.map(valueText).join(', ') || 'empty';
  if (typeof value === 'object') {
    const parts = Object.values(value).filter((part) => part !== null && part !== '' && part !== undefined);
    return parts.map(valueText).join(' ') || 'empty';
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}
