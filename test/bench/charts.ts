/** One bar of a chart; `baseline` is drawn beneath it, null where there is none. */
export interface Bar {
  label: string;
  value: number;
  baseline: number | null;
}

const WIDTH = 760;
const LABELS = 300;
const ROW = 38;
const TOP = 58;

/** A chart of bars as SVG, readable on light and dark pages; the numbers stand beside the bars. */
export function barChart(title: string, unit: string, bars: readonly Bar[]): string {
  const height = TOP + bars.length * ROW + 12;
  const most = Math.max(...bars.flatMap(({ value, baseline }) => [value, baseline ?? 0]), Number.MIN_VALUE);
  const room = WIDTH - LABELS - 90;
  const length = (value: number): number => Math.max(1, Math.round((value / most) * room));
  const rows = bars.map(({ label, value, baseline }, index) => {
    const y = TOP + index * ROW;
    const bar = (kind: string, at: number, amount: number): string =>
      `<rect class="${kind}" x="${LABELS}" y="${at}" width="${length(amount)}" height="12" rx="2"/>` +
      `<text class="amount" x="${LABELS + length(amount) + 6}" y="${at + 10}">${short(amount)}</text>`;
    return [
      `<text class="label" x="${LABELS - 10}" y="${y + 16}">${escaped(label)}</text>`,
      bar('value', y, value),
      baseline === null ? '' : bar('baseline', y + 14, baseline),
    ].join('');
  });
  const description = bars.map(({ label, value, baseline }) =>
    baseline === null ? `${label}: ${short(value)}` : `${label}: ${short(value)} beside ${short(baseline)}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(`In ${unit}. ${description.join('; ')}.`)}</desc>
<style>
text { font: 12px system-ui, sans-serif; fill: #57606a }
.heading { font-size: 15px; font-weight: 600; fill: #57606a }
.label { text-anchor: end }
.value { fill: #4c6ef5 }
.baseline { fill: #adb5bd }
</style>
<text class="heading" x="10" y="22">${escaped(title)}</text>
<rect class="value" x="10" y="34" width="10" height="10" rx="2"/><text x="26" y="43">Twig (${escaped(unit)})</text>
<rect class="baseline" x="150" y="34" width="10" height="10" rx="2"/><text x="166" y="43">compared with</text>
${rows.join('\n')}
</svg>
`;
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
