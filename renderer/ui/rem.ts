import { useEffect, useState } from 'react';

/** Pixels of a rem, followed when the text size changes: for lists that place their rows themselves. */
export function useRem(): number {
  const [rem, setRem] = useState(read);
  useEffect(() => {
    const check = (): void => setRem(read());
    window.addEventListener('resize', check);
    return () => window.removeEventListener('resize', check);
  }, []);
  return rem;
}

function read(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
