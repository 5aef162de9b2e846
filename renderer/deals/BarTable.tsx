import type { ReactNode } from 'react';
import { formatMoney } from '../../shared/crm';
import { rounded } from './deal';
import { type Bar, totalOf } from './forecast';

interface BarTableProps {
  caption: string;
  /** Head of the first column. */
  first: string;
  bars: readonly Bar[];
  currency: string;
  /** One more column, before the amounts. */
  more?: { label: string; cell: (bar: Bar) => ReactNode };
}

/** The numbers of a chart. */
export function BarTable({ caption, first, bars, currency, more }: BarTableProps) {
  const total = totalOf(bars);
  const row = (bar: Bar, extra: ReactNode): ReactNode => (
    <tr key={bar.key} data-empty={bar.deals === 0 || undefined}>
      <th scope="row">{bar.label}</th>
      {more && <td>{extra}</td>}
      <td>{bar.deals}</td>
      <td>{formatMoney(bar.total, currency)}</td>
      <td>{formatMoney(rounded(bar.weighted, UNIT), currency)}</td>
    </tr>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that can scroll must be reachable by keyboard.
    <section className="bar-table-frame" aria-label={`${caption}, the numbers`} tabIndex={0}>
      <table className="bar-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {more && <th scope="col">{more.label}</th>}
            <th scope="col">Deals</th>
            <th scope="col">Total</th>
            <th scope="col">Weighted</th>
          </tr>
        </thead>
        <tbody>{bars.map((bar) => row(bar, more?.cell(bar)))}</tbody>
        <tfoot>{row(total, null)}</tfoot>
      </table>
    </section>
  );
}

/** A weighted sum is an estimate: shown to the whole unit. */
const UNIT = 1_000_000n;
