import { type Deal, sumsOf } from './deal';
import type { Stage } from './stages';

/** One column of the board. */
export interface Column {
  stage: Stage;
  deals: readonly Deal[];
  /** The same deals in the order they came; one that is unchanged need not be sorted again. */
  came: readonly Deal[];
  /** Micros by currency. */
  sums: ReadonlyMap<string, bigint>;
}

/**
 * The deals by stage: what closes first stands on top, what has no date last, then by name.
 * @param before the columns shown so far; one in which nothing changed keeps its identity, so that it is not drawn again
 */
export function columnsOf(
  deals: readonly Deal[],
  stages: readonly Stage[],
  before: readonly Column[] = [],
): readonly Column[] {
  const known = new Map(before.map((column) => [column.stage.value, column]));
  const byStage = new Map<string, Deal[]>(stages.map((stage) => [stage.value, []]));
  for (const deal of deals) byStage.get(deal.stage)?.push(deal);
  return stages.map((stage) => {
    const came = byStage.get(stage.value) ?? [];
    const same = known.get(stage.value);
    if (same && same.came.length === came.length && came.every((deal, row) => deal === same.came[row])) {
      return same.stage === stage ? same : { ...same, stage };
    }
    return { stage, deals: [...came].sort(inOrder), came, sums: sumsOf(came) };
  });
}

const names = new Intl.Collator('en');

function inOrder(a: Deal, b: Deal): number {
  if (a.closesAt !== b.closesAt) {
    return (a.closesAt ?? Number.POSITIVE_INFINITY) - (b.closesAt ?? Number.POSITIVE_INFINITY);
  }
  return names.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

/** Where the keys are: a column, and the card in it; null for a column without cards. */
export interface Place {
  stage: string;
  id: string | null;
}

const PAGE_CARDS = 5;
const DOWN: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE_CARDS,
  PageUp: -PAGE_CARDS,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
const ACROSS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Where a key leads from a place; null when it is none of the moving keys or there is nothing that way. */
export function placeAfter(columns: readonly Column[], from: Place, key: string): Place | null {
  const at = columns.findIndex((column) => column.stage.value === from.stage);
  const column = columns[at];
  if (!column) return null;
  const row = Math.max(0, rowOf(column, from.id));
  const down = DOWN[key];
  if (down !== undefined) return placeAt(column, row + down);
  const next = columns[at + (ACROSS[key] ?? 0)];
  return next && next !== column ? placeAt(next, row) : null;
}

/** The place of the row nearest to the wanted one. */
export function placeAt(column: Column, row: number): Place {
  const deal = column.deals[Math.max(0, Math.min(column.deals.length - 1, row))];
  return { stage: column.stage.value, id: deal?.id ?? null };
}

/** The row of a deal in its column, -1 when it is not there. */
export function rowOf(column: Column, id: string | null): number {
  return id === null ? -1 : column.deals.findIndex((deal) => deal.id === id);
}

/**
 * The place to stand on now: it follows its deal into another column; when the deal is gone, the
 * card that took its row; at first the first card there is.
 * @param row the row the deal stood in before
 */
export function placeNow(columns: readonly Column[], place: Place | null, row: number): Place | null {
  const holding = columns.find((column) => rowOf(column, place?.id ?? null) >= 0);
  if (holding && place) return { stage: holding.stage.value, id: place.id };
  const same = columns.find((column) => column.stage.value === place?.stage);
  const column = same ?? columns.find(({ deals }) => deals.length > 0) ?? columns[0];
  return column ? placeAt(column, row) : null;
}
