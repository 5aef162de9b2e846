import { LEAST_WIDTH, MOST_WIDTH } from '../../shared/app/lists';
import type { ListState } from './store';

/** A width that a column can have, in rem, to a quarter of one. */
export function allowedWidth(width: number): number {
  return Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.round(width * 4) / 4));
}

/** The widths with one changed; null gives that column the width its field suggests. */
export function resized(widths: ListState['widths'], key: string, width: number | null): ListState['widths'] {
  const { [key]: _before, ...rest } = widths;
  return width === null ? rest : { ...rest, [key]: allowedWidth(width) };
}
