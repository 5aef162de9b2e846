import { keysText } from './keys';

/** A key hint in the writing of this platform; hidden from assistive technology, which has aria-keyshortcuts. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {keysText(keys)}
    </span>
  );
}
