import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaptureContext, Draft, type DraftLink, parseCapture, toDraft } from '../../../shared/capture';
import { isDayOnly } from '../../../shared/crm';

const NOW = new Date(2026, 10, 22, 17, 0);
const jane: DraftLink = { object: 'person', id: '20202020-1111-4111-8111-111111111111', label: 'Jane Smith' };
const acme: DraftLink = { object: 'opportunity', id: '20202020-2222-4222-8222-222222222222', label: 'Acme Renewal' };
const context = (more: Partial<CaptureContext> = {}): CaptureContext => ({
  kind: 'task',
  links: [],
  dismissed: [],
  now: NOW,
  locale: 'en',
  ...more,
});
const task = (text: string, more: Partial<CaptureContext> = {}) => parseCapture(text, context(more));
/** The due date in local words: `23.11. 15:00`, or `23.11.` for a day. */
const due = (text: string, more: Partial<CaptureContext> = {}): string | null => {
  const found = task(text, more).due;
  if (!found) return null;
  const at = new Date(found.at);
  const day = `${at.getDate()}.${at.getMonth() + 1}.`;
  expect(isDayOnly(at)).toBe(!found.hasTime);
  return found.hasTime ? `${day} ${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}` : day;
};

describe('title and body', () => {
  it('takes the first line as title and the rest as body', () => {
    const parsed = task('Call Jane\n\n- pricing\n- terms\n');
    expect(parsed.title).toBe('Call Jane');
    expect(parsed.body).toBe('- pricing\n- terms');
  });

  it('leaves the sign of mentions and the date out of a title', () => {
    const text = 'Send the renewal proposal to @Jane Smith tomorrow 3pm — pricing for @Acme Renewal';
    const parsed = task(text, { links: [jane, acme] });
    expect(parsed.title).toBe('Send the renewal proposal to Jane Smith — pricing for Acme Renewal');
    expect(parsed.due?.words).toBe('tomorrow 3pm');
    expect(parsed.tokens.map((token) => [token.kind, text.slice(...token.range)])).toEqual([
      ['mention', '@Jane Smith'],
      ['date', 'tomorrow 3pm'],
      ['mention', '@Acme Renewal'],
    ]);
  });

  it.each([
    ['Follow up with Ravi by Friday', 'Follow up with Ravi'],
    ['Tomorrow: call Jane', 'Call Jane'],
    ['Send the deck on Monday, then rest', 'Send the deck, then rest'],
    ['tomorrow 3pm', 'tomorrow 3pm'],
    ['Lunch tomorrow with Jane at 1pm', 'Lunch with Jane'],
  ])('%s -> %s', (text, title) => {
    expect(task(text).title).toBe(title);
  });

  it('keeps date words in a note', () => {
    const parsed = task('They decide tomorrow', { kind: 'note' });
    expect(parsed.title).toBe('They decide tomorrow');
    expect(parsed.due).toBeNull();
  });

  it('finds a title below empty lines', () => {
    expect(task('\n\n  Hello\nworld')).toMatchObject({ title: 'Hello', body: 'world' });
  });
});

describe('due dates', () => {
  it.each([
    ['Call tomorrow 3pm', '23.11. 15:00'],
    ['Call tomorrow', '23.11.'],
    ['Call at 3pm', '23.11. 15:00'],
    ['Call at 6pm', '22.11. 18:00'],
    ['Call at 5', '23.11. 17:00'],
    ['Call at 6', '22.11. 18:00'],
    ['Call at 05:30', '23.11. 5:30'],
    ['Call tomorrow morning', '23.11. 9:00'],
    ['Call tonight', '22.11. 22:00'],
    ['Report in 3 days', '25.11.'],
    ['Ping in 2 hours', '22.11. 19:00'],
    ['Plan next week', '29.11.'],
    ['Invoice end of month', '30.11.'],
    ['Pay on Dec 1', '1.12.'],
    ['Pay by 2026-12-01', '1.12.'],
    ['Lunch tomorrow with Jane at 1pm', '23.11. 13:00'],
    ['Prepare the deck of 25 Nov by Tuesday', '24.11.'],
    ['Call at noon tomorrow', '23.11. 12:00'],
    ['Send it Wed', '25.11.'],
    ['Monday 12:00 sync', '23.11. 12:00'],
  ])('%s', (text, expected) => {
    expect(due(text)).toBe(expected);
  });

  it.each([
    'Ask about "tomorrow" the film',
    'Set up 24/7 support',
    'Open https://example.com/2026-12-01/today',
    'Mail tomorrow@example.com',
    "Prepare Monday's meeting",
    'Fix the Friday report',
    'Recap of yesterday',
    'Notes from last Friday',
    'It may rain',
    'Ring +1 555 123 4567',
    'The sun is out',
    'Ship v1.2.3',
    'They sat down',
    'Offer $5k/mo retainer in Q1',
  ])('reads none in: %s', (text) => {
    expect(due(text)).toBeNull();
  });

  it('reads none inside a mention', () => {
    const friday = { ...jane, label: 'Joe Friday' };
    expect(due('Call @Joe Friday', { links: [friday] })).toBeNull();
    expect(due('Call @Joe Friday on Tuesday', { links: [friday] })).toBe('24.11.');
  });

  it('leaves dismissed phrases alone, whatever their case', () => {
    expect(due('Call Tomorrow', { dismissed: ['tomorrow'] })).toBeNull();
    expect(due('Call tomorrow or Friday', { dismissed: ['tomorrow'] })).toBe('27.11.');
    expect(task('Call tomorrow', { dismissed: ['tomorrow'] }).title).toBe('Call tomorrow');
  });

  it('reads day and month in the order of the locale', () => {
    expect(due('Pay 4/12', { locale: 'en-GB' })).toBe('4.12.');
    expect(due('Pay 12/4', { locale: 'en' })).toBe('4.12.');
  });

  it.each([
    ['de', 'Angebot morgen 15 Uhr senden', '23.11. 15:00', 'Angebot senden'],
    ['de', 'Anruf am Freitag um 15:00', '27.11. 15:00', 'Anruf'],
    ['de', 'Bericht bis 1.12. schicken', '1.12.', 'Bericht schicken'],
    ['de', 'Morgen früh anrufen', '23.11. 9:00', 'Anrufen'],
    ['fr', 'Appeler Jeanne demain à 15h30', '23.11. 15:30', 'Appeler Jeanne'],
    ['fr', 'Envoyer le devis vendredi matin', '27.11. 9:00', 'Envoyer le devis'],
    ['es', 'Llamar mañana a las 15:00', '23.11. 15:00', 'Llamar'],
    ['es', 'Enviar el viernes', '27.11.', 'Enviar'],
    ['pt', 'Ligar amanhã às 15h', '23.11. 15:00', 'Ligar'],
    ['pt', 'Enviar em 3 dias', '25.11.', 'Enviar'],
    ['nl', 'Bellen morgen om 15 uur', '23.11. 15:00', 'Bellen'],
    ['nl', 'Sturen over 3 dagen', '25.11.', 'Sturen'],
  ] as const)('%s: %s', (locale, text, expected, title) => {
    expect(due(text, { locale })).toBe(expected);
    expect(task(text, { locale }).title).toBe(title);
  });
});

describe('amounts', () => {
  it.each(['$5k/mo', '€12,000', '12.000 €', 'CHF 3’500', '5k EUR', 'US$1.5m', '£20/hour'])('marks %s', (amount) => {
    const text = `They pay ${amount} now`;
    const token = task(text, { kind: 'note' }).tokens[0];
    expect(token?.kind).toBe('amount');
    expect(token && text.slice(...token.range)).toBe(amount);
  });
});

describe('draft', () => {
  it('holds what was read, valid for the bridge', () => {
    const parsed = task('Send to @Jane Smith tomorrow 3pm\nwith terms', { links: [jane] });
    const draft = toDraft(parsed, { kind: 'task', assigneeId: acme.id, connectionId: 'demo' });
    expect(Draft.parse(draft)).toEqual({
      kind: 'task',
      title: 'Send to Jane Smith',
      body: 'with terms',
      due: { at: parsed.due?.at, hasTime: true, words: 'tomorrow 3pm' },
      assigneeId: acme.id,
      links: [jane],
      connectionId: 'demo',
      replaces: null,
    });
  });

  it('is nothing for a blank text', () => {
    expect(toDraft(task(' \n\t'), { kind: 'note', assigneeId: null, connectionId: 'demo' })).toBeNull();
  });

  it('cuts a very long first line and keeps all of it in the body', () => {
    const long = 'word '.repeat(1_000).trim();
    const draft = toDraft(task(long), { kind: 'note', assigneeId: null, connectionId: 'demo' });
    expect(draft?.title.length).toBeLessThanOrEqual(2_000);
    expect(draft?.body).toBe(long);
  });
});

describe('any text', () => {
  const words = fc.constantFrom(
    'call',
    'tomorrow',
    '3pm',
    '@',
    '@Jane Smith',
    'by',
    'Friday',
    '$5k',
    '"',
    '\n',
    ',',
    'https://a.b/c',
    '12/4',
    '’s',
    '😀',
    'ß',
    '  ',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((parts) => parts.join(' ')),
    fc.array(words).map((parts) => parts.join('')),
  );
  const locale = fc.constantFrom('en', 'en-GB', 'de', 'fr', 'es', 'pt', 'nl');

  it('is read without failing, with ordered ranges inside it and a title when it says something', () => {
    fc.assert(
      fc.property(text, locale, fc.constantFrom('note', 'task'), fc.nat(40), (value, where, kind, caret) => {
        const parsed = parseCapture(value, context({ kind, locale: where, links: [jane, acme], caret }));
        let end = 0;
        for (const { range } of parsed.tokens) {
          expect(range[0]).toBeGreaterThanOrEqual(end);
          expect(range[1]).toBeGreaterThan(range[0]);
          end = range[1];
        }
        expect(end).toBeLessThanOrEqual(value.length);
        expect(parsed.title === '').toBe(value.trim() === '');
        const draft = toDraft(parsed, { kind, assigneeId: null, connectionId: 'demo' });
        expect(draft === null).toBe(value.trim() === '');
        if (draft) expect(Draft.safeParse(draft).success).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});
