import { useState } from 'react';
import { keepWeight } from './weights';

interface WeightFieldProps {
  connectionId: string;
  /** The stage's value. */
  stage: string;
  /** The stage's words. */
  label: string;
  /** Percent. */
  weight: number;
}

/** How likely a stage is won. Kept when the field is left or Enter is pressed; anything but 0 to 100 is not taken. */
export function WeightField({ connectionId, stage, label, weight }: WeightFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = (): void => {
    const percent = /^\s*(\d{1,3})\s*%?\s*$/.exec(typed ?? '')?.[1];
    if (percent !== undefined && Number(percent) <= 100 && Number(percent) !== weight) {
      keepWeight(connectionId, stage, Number(percent));
    }
    setTyped(null);
  };
  return (
    <span className="weight">
      <input
        className="input"
        type="text"
        inputMode="numeric"
        aria-label={`How likely ${label} is won, in percent`}
        value={typed ?? String(weight)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
          else if (event.key === 'Escape' && typed !== null) {
            event.stopPropagation();
            setTyped(null);
          }
        }}
      />
      <span aria-hidden="true">%</span>
    </span>
  );
}
