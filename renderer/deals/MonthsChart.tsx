import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useRef } from 'react';
import { formatMoney } from '../../shared/crm';
import { useRem } from '../ui/rem';
import { axisMark, useWidth } from './chart';
import { type Bar as Amounts, lengthOf, totalOf } from './forecast';

/** As high as the table beside it; less where the two stand below each other. */
const HEIGHT_REM = 26;
const LOW_REM = 15;
const WIDE_REM = 34;
const LEFT_REM = 3.5;
const BOTTOM_REM = 2;
const TOP_REM = 0.75;
/** Room that words and months need, in rem; with less they are shortened. */
const WORDS_REM = 3.75;
const MONTH_REM = 1.875;

/** Bars by month: the total behind, the weighted part in front. */
export function MonthsChart({ bars, currency }: { bars: readonly Amounts[]; currency: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const rem = useRem();
  const width = useWidth(frame);
  const height = (width > WIDE_REM * rem ? HEIGHT_REM : LOW_REM) * rem;
  const left = LEFT_REM * rem;
  const base = height - BOTTOM_REM * rem;
  const most = Math.max(1, ...bars.map((bar) => lengthOf(bar.total)));
  const x = scaleBand({ domain: bars.map((bar) => bar.key), range: [left, Math.max(left, width)], padding: 0.28 });
  const y = scaleLinear({ domain: [0, most], range: [base, TOP_REM * rem], nice: true });
  const names = new Map(bars.map((bar) => [bar.key, shortName(bar, x.step() / rem)]));
  const all = totalOf(bars);
  return (
    <figure className="chart">
      <div ref={frame} className="chart-frame">
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`Forecast by month: ${formatMoney(all.weighted, currency)} weighted of ${formatMoney(all.total, currency)}. The table has the numbers.`}
          >
            <AxisLeft
              scale={y}
              left={left}
              numTicks={4}
              hideAxisLine
              tickLength={0}
              tickLineProps={{ className: 'chart-line' }}
              tickFormat={(units) => axisMark(Number(units), currency)}
              tickComponent={({ x: at, y: line, formattedValue }) => (
                <>
                  <line className="chart-line" x1={0} x2={Math.max(0, width - left)} y1={line} y2={line} />
                  <text className="chart-mark" x={at - 0.4 * rem} y={line} dy="0.32em" textAnchor="end">
                    {formattedValue}
                  </text>
                </>
              )}
            />
            {bars.map((bar) => (
              <g key={bar.key}>
                <Column
                  className="chart-total"
                  at={x(bar.key)}
                  wide={x.bandwidth()}
                  top={y(lengthOf(bar.total))}
                  base={base}
                />
                <Column
                  className="chart-weighted"
                  at={x(bar.key)}
                  wide={x.bandwidth()}
                  top={y(lengthOf(bar.weighted))}
                  base={base}
                />
              </g>
            ))}
            <AxisBottom
              scale={x}
              top={base}
              tickLength={0}
              numTicks={bars.length}
              axisLineClassName="chart-base"
              tickFormat={(key) => names.get(String(key)) ?? ''}
              tickComponent={({ x: at, formattedValue }) => (
                <text className="chart-mark" x={at} y={1.125 * rem} textAnchor="middle">
                  {formattedValue}
                </text>
              )}
            />
          </svg>
        )}
      </div>
      <figcaption className="chart-legend dim">
        <span className="chart-key" data-part="weighted" /> Weighted
        <span className="chart-key" data-part="total" /> Total
      </figcaption>
    </figure>
  );
}

interface ColumnProps {
  className: string;
  at: number | undefined;
  wide: number;
  top: number;
  base: number;
}

function Column({ className, at = 0, wide, top, base }: ColumnProps) {
  const height = Math.max(0, base - top);
  return height === 0 ? null : <Bar className={className} x={at} y={top} width={wide} height={height} rx={2} />;
}

const SHORT: Readonly<Record<string, readonly [string, string]>> = {
  late: ['Late', '!'],
  later: ['Later', '>'],
  none: ['None', '–'],
};

/** `Nov 2026` on an axis: `Nov`, or `N` where there is no room; the year only for January. `room` in rem. */
function shortName(bar: Amounts, room: number): string {
  const short = SHORT[bar.key];
  if (short) return room >= WORDS_REM ? bar.label : short[room >= MONTH_REM ? 0 : 1];
  const [month = '', year = ''] = bar.label.split(' ');
  if (room < MONTH_REM) return month.slice(0, 1);
  return month === 'Jan' && room >= WORDS_REM ? `${month} ${year}` : month;
}
