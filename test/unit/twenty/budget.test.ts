import { describe, expect, it } from 'vitest';
import { Budget } from '../../../main/twenty/budget';

const NOON = Date.parse('2026-11-22T12:00:00.000Z');
const HOUR = 3_600_000;

describe('the allowance on a machine whose clock is set back', () => {
  it('does not pause for the hours by which it was wrong', () => {
    const budget = new Budget(NOON, { calls: 100, perMs: 60_000 });
    budget.refused(NOON, { calls: 100, perMs: 60_000 }, 30_000);
    const earlier = NOON - 72 * HOUR;
    expect(budget.readyAt('capture', earlier)).toBeLessThanOrEqual(earlier + 60_000);
    expect(budget.readyAt('sync', earlier)).toBeLessThanOrEqual(earlier + 60_000);
  });

  it('keeps its pause through the small steps of a time server', () => {
    const budget = new Budget(NOON, { calls: 100, perMs: 60_000 });
    const until = budget.refused(NOON, { calls: 100, perMs: 60_000 }, 30_000);
    expect(budget.readyAt('capture', NOON - 1_000)).toBe(until);
  });
});
