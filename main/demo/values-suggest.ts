/** ` Did you mean "a" or "b"?` as GraphQL says it; empty when nothing is near. */
export function didYouMean(input: string, names: readonly string[], prefix = ''): string {
  const limit = Math.floor(input.length * 0.4) + 1;
  const near = names
    .map((name) => ({ name, distance: distance(input, name) }))
    .filter((entry) => entry.distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 5)
    .map((entry) => `"${entry.name}"`);
  const [first, second] = near;
  if (first === undefined) return '';
  if (second === undefined) return ` Did you mean ${prefix}${first}?`;
  if (near.length === 2) return ` Did you mean ${prefix}${first} or ${second}?`;
  return ` Did you mean ${prefix}${near.slice(0, -1).join(', ')}, or ${near[near.length - 1]}?`;
}

/** Edits (insert, delete, change, swap) between two names; a mere difference of case counts one. */
function distance(a: string, b: string): number {
  if (a === b) return 0;
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  if (left === right) return 1;
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= left.length; row++) {
    const line = [row];
    for (let column = 1; column <= right.length; column++) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1;
      let edits = Math.min(at(row - 1, column) + 1, (line[column - 1] ?? 0) + 1, at(row - 1, column - 1) + cost);
      if (left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        edits = Math.min(edits, at(row - 2, column - 2) + cost);
      line.push(edits);
    }
    rows.push(line);
  }
  return at(left.length, right.length);
}
