import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useRef } from 'react';
import { formatMoney } from '../../shared/crm';
import { countText } from '../app/sync-text';
import { useRem } from '../ui/rem';
import { useWidth } from './chart';
import { type Bar as Amounts, lengthOf } from './forecast';
import type { Stage } from './stages';

const ROW_REM = 2;
const NAME_REM = 7.5;
const AMOUNT_REM = 9;

interface FunnelChartProps {
  bars: readonly Amounts[];
  stages: readonly Stage[];
  currency: string;
}

/** One bar for each stage, in its colour, centred as a funnel. */
export function FunnelChart({ bars, stages, currency }: FunnelChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const rem = useRem();
  const width = useWidth(frame);
  const height = Math.max(1, bars.length) * ROW_REM * rem;
  const left = NAME_REM * rem;
  const right = Math.max(left + 1, width - AMOUNT_REM * rem);
  const most = Math.max(1, ...bars.map((bar) => lengthOf(bar.total)));
  const y = scaleBand({ domain: bars.map((bar) => bar.key), range: [0, height], padding: 0.3 });
  const length = scaleLinear({ domain: [0, most], range: [0, right - left] });
  const middle = y.bandwidth() / 2;
  return (
    <figure className="chart">
      <div ref={frame} className="chart-frame">
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label="Amounts by stage. The table has the numbers.">
            {bars.map((bar, index) => {
              const wide = Math.max(0, length(lengthOf(bar.total)));
              const top = y(bar.key) ?? 0;
              return (
                <g key={bar.key} data-tag={stages[index]?.color.toLowerCase()}>
                  <text className="chart-name" x={0} y={top + middle} dy="0.32em">
                    {cut(bar.label, 16)}
                  </text>
                  {wide > 0 && (
                    <Bar
                      className="chart-stage"
                      x={left + (right - left - wide) / 2}
                      y={top}
                      width={wide}
                      height={y.bandwidth()}
                      rx={3}
                    />
                  )}
                  <text className="chart-mark" x={width} y={top + middle} dy="0.32em" textAnchor="end">
                    {bar.total === 0n ? countText(bar.deals, 'deal', 'deals') : formatMoney(bar.total, currency)}
                  </text>
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </figure>
  );
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
