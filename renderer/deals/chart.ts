import { type RefObject, useEffect, useState } from 'react';

/** Width of an element in pixels, followed as it changes; 0 before it is drawn. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    setWidth(Math.floor(element.clientWidth));
    return () => observer.disconnect();
  }, [ref]);
  return width;
}

/** A mark of an axis: `$50K`. Only for the round numbers an axis chooses, never for an amount. */
export function axisMark(units: number, currency: string): string {
  const format: Intl.NumberFormatOptions = { notation: 'compact', maximumFractionDigits: 1 };
  const money = /^[A-Za-z]{3}$/.test(currency);
  return new Intl.NumberFormat(
    'en-US',
    money
      ? { ...format, style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0 }
      : format,
  ).format(units);
}
