import { describe, expect, it } from 'vitest';
import { type Column, columnsOf, placeAfter, placeAt, placeNow } from '../../../renderer/deals/board';
import { dealOf, isLate, keepsContractTypes, monthlyText, sumsOf, sumsText } from '../../../renderer/deals/deal';
import { fits } from '../../../renderer/deals/fits';
import { stageBeside, stagesOf, weightsOf } from '../../../renderer/deals/stages';
import { id } from '../renderer/bridge-double';
import { deal, field, object, options, record, STAGES, stage } from './deals';

const columns = (...deals: ReturnType<typeof deal>[]): readonly Column[] => columnsOf(deals, STAGES);
const names = (column: Column | undefined): string[] => (column?.deals ?? []).map((one) => one.name);

describe('the columns', () => {
  it('stand in the order of the stages, what closes first on top, what has no date last', () => {
    const [lead, proposal] = columns(
      deal(1),
      deal(2, { closeDate: '2026-12-02T12:00:00Z' }),
      deal(3, { closeDate: '2026-11-30T12:00:00Z' }),
      deal(4, { stage: 'PROPOSAL' }),
    );
    expect(names(lead)).toEqual(['Deal 3', 'Deal 2', 'Deal 1']);
    expect(names(proposal)).toEqual(['Deal 4']);
  });

  it('sum exactly, each currency for itself', () => {
    const cent = { more: { amount: { amountMicros: '999999999999999999', currencyCode: 'USD' } } };
    const [lead] = columns(deal(1, cent), deal(2, cent), deal(3, { amount: 5, currency: 'EUR' }), deal(4));
    expect([...(lead?.sums ?? [])]).toEqual([
      ['USD', 1_999_999_999_999_999_998n],
      ['EUR', 5_000_000n],
    ]);
    expect(sumsText(sumsOf([deal(1, { amount: 172_000 }), deal(2, { amount: 1, currency: 'JPY' })]))).toBe(
      '$172,000 + ¥1',
    );
  });

  it('keep their identity when nothing in them changed', () => {
    const all = [deal(1), deal(2, { stage: 'PROPOSAL' })];
    const before = columnsOf(all, STAGES);
    const [lead] = all;
    const after = columnsOf([...(lead ? [lead] : []), deal(2, { stage: 'WON' })], STAGES, before);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[3]).toBe(before[3]);
  });
});

describe('the keys', () => {
  const board = columns(deal(1), deal(2), deal(3, { stage: 'WON' }));
  const at = (value: string, number: number | null) => ({ stage: value, id: number === null ? null : id(number) });

  it('move up and down inside a column and stop at its ends', () => {
    expect(placeAfter(board, at('LEAD', 1), 'ArrowDown')).toEqual(at('LEAD', 2));
    expect(placeAfter(board, at('LEAD', 2), 'ArrowDown')).toEqual(at('LEAD', 2));
    expect(placeAfter(board, at('LEAD', 2), 'Home')).toEqual(at('LEAD', 1));
    expect(placeAfter(board, at('LEAD', 1), 'End')).toEqual(at('LEAD', 2));
  });

  it('move across, also through a column without cards, and stop at the sides', () => {
    expect(placeAfter(board, at('LEAD', 2), 'ArrowRight')).toEqual(at('PROPOSAL', null));
    expect(placeAfter(board, at('PROPOSAL', null), 'ArrowRight')).toEqual(at('WON', 3));
    expect(placeAfter(board, at('LEAD', 1), 'ArrowLeft')).toBeNull();
    expect(placeAfter(board, at('LEAD', 1), 'b')).toBeNull();
  });

  it('follow a card that was moved, and take its neighbour when it is gone', () => {
    expect(placeNow(board, at('LEAD', 3), 0)).toEqual(at('WON', 3));
    expect(placeNow(board, at('LEAD', 9), 1)).toEqual(at('LEAD', 2));
    expect(placeNow(board, null, 0)).toEqual(at('LEAD', 1));
    expect(placeNow([], null, 0)).toBeNull();
    expect(board[1] && placeAt(board[1], 4)).toEqual(at('PROPOSAL', null));
  });
});

describe('the stages', () => {
  const meta = object('opportunity', 'Opportunity', [
    field('stage', { type: 'SELECT', options: options('LEAD', 'PROPOSAL', 'WON', 'LOST').reverse() }),
  ]);

  it('are the workspace’s own in its order, and every other value that deals have', () => {
    const shown = stagesOf(meta.fields[0] ?? null, [deal(1, { stage: 'OLD' }), deal(2, { stage: '' })]);
    expect(shown.map(({ value }) => value)).toEqual(['LEAD', 'PROPOSAL', 'WON', 'LOST', '', 'OLD']);
    expect(shown.map(({ label }) => label).slice(4)).toEqual(['No stage', 'OLD']);
    expect(shown.at(-1)?.offered).toBe(false);
  });

  it('lead to the next one that a deal can be moved to', () => {
    const stages = [stage('LEAD'), stage('OLD', false), stage('WON')];
    expect(stageBeside(stages, 'LEAD', 1)?.value).toBe('WON');
    expect(stageBeside(stages, 'WON', -1)?.value).toBe('LEAD');
    expect(stageBeside(stages, 'WON', 1)).toBeNull();
  });

  it('have likelihoods that rise, 0 when lost, 100 when won, or as the user set them for this workspace', () => {
    expect([...weightsOf(STAGES, 'acme', {})]).toEqual([
      ['LEAD', 30],
      ['PROPOSAL', 70],
      ['WON', 100],
      ['LOST', 0],
    ]);
    expect(weightsOf(STAGES, 'acme', { 'acme:LEAD': 5, 'other:PROPOSAL': 1 }).get('LEAD')).toBe(5);
    expect(weightsOf(STAGES, 'acme', { 'other:PROPOSAL': 1 }).get('PROPOSAL')).toBe(70);
  });
});

describe('a deal', () => {
  const now = new Date(2026, 10, 23, 15);

  it('is late from the day after its close date, while it is open', () => {
    const yesterday = deal(1, { closeDate: new Date(2026, 10, 22, 12).toISOString() });
    const today = deal(2, { closeDate: new Date(2026, 10, 23, 9).toISOString() });
    expect(isLate(yesterday, 30, now)).toBe(true);
    expect(isLate(today, 30, now)).toBe(false);
    expect(isLate(yesterday, 100, now)).toBe(false);
    expect(isLate(yesterday, 0, now)).toBe(false);
    expect(isLate(deal(3), 30, now)).toBe(false);
  });

  it('of a retainer says its monthly part: the amount is annual', () => {
    expect(monthlyText(deal(1, { amount: 60_000, more: { contractType: 'RETAINER' } }))).toBe('$5,000/mo');
    expect(monthlyText(deal(2, { amount: 60_000, more: { contractType: 'PROJECT' } }))).toBe('');
    expect(monthlyText(deal(3, { more: { contractType: 'RETAINER' } }))).toBe('');
  });

  it('knows contract types only where the workspace has retainers', () => {
    const withTypes = field('contractType', { type: 'SELECT', options: options('RETAINER', 'PROJECT') });
    expect(keepsContractTypes(object('opportunity', 'Opportunity', [withTypes]))).toBe(true);
    expect(keepsContractTypes(object('opportunity', 'Opportunity', [field('contractType')]))).toBe(false);
  });

  it('reads whatever a server sent', () => {
    const odd = dealOf(
      record(1, { more: { amount: 'much', closeDate: 'soon', stage: null, name: null, companyId: 7 } }),
    );
    expect(odd).toMatchObject({ amount: null, currency: '', closesAt: null, stage: '', companyId: null });
    expect(odd.name).toBe('Unnamed deal');
  });

  it('is found by its words and its company’s, accents and case aside', () => {
    const one = deal(1, { more: { name: 'Kjærgaard Møbler Pilot', companyId: 'c' } });
    const labels = { c: 'Łuczak & Søn' };
    for (const text of ['', 'pilot kjaer', 'MOBLER', 'luczak', 'son pil']) expect(fits(one, labels, text)).toBe(true);
    expect(fits(one, labels, 'pilot acme')).toBe(false);
  });
});
