import { useEffect, useRef } from 'react';

/**
 * Runs `act` when a letter is pressed anywhere in the view, unless text is being typed or a dialog
 * is open. Null switches it off.
 * @param code of the key, such as `KeyN`
 */
export function useViewKey(code: string, act: (() => void) | null): void {
  const current = useRef(act);
  current.current = act;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.code !== code || event.defaultPrevented || current.current === null) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
      const { target } = event;
      if (!(target instanceof Element) || target.closest('input, textarea, [role="dialog"], [role="alertdialog"]'))
        return;
      event.preventDefault();
      current.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [code]);
}
