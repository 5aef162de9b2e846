import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { graphqlRefusal, refusal } from '../../main/twenty/errors';
import { isObject } from '../../main/twenty/json';
import { fromWire } from '../../main/twenty/wire';

const Observations = z.object({
  observations: z.array(
    z.looseObject({
      case: z.string(),
      method: z.string().optional(),
      path: z.string().optional(),
      status: z.number().optional(),
      answer: z.string().optional(),
    }),
  ),
});

/** Answers of the middle server that were kept whole. */
const answers = Observations.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/mid/observations.json'), 'utf8')),
).observations.flatMap(({ answer = '', status = 0, ...about }) => {
  try {
    return [{ ...about, status, body: JSON.parse(answer) as unknown }];
  } catch {
    return [];
  }
});

const attempt = { host: 'crm.example.test', gateway: false, write: false, byId: true, now: 0 };

test.each(answers.filter(({ status }) => status >= 400).map((one) => [one.case, one] as const))(
  'a refusal of the middle server is understood: %s',
  (_, { status, body }) => {
    const error = refusal({ status, body, html: false, retryAfterMs: null }, attempt);
    const words = JSON.stringify(body);
    const expected = /Forbidden resource/.test(words)
      ? 'unauthorized'
      : /Rest Api Exception|Could not find any entity|Cannot GET/.test(words)
        ? 'notFound'
        : /TypeError/.test(words)
          ? 'server'
          : 'rejected';
    expect(error.kind, words).toBe(expected);
    if (/duplicate key/.test(words)) expect(error.reason).toBe('duplicate');
    if (/Field metadata for field/.test(words)) expect(error).toMatchObject({ reason: 'unknownField' });
    expect(error.message).toMatch(/[.]$/);
  },
);

test('its GraphQL refusals are understood', () => {
  const errors = answers.flatMap(({ body }) => (isObject(body) && Array.isArray(body.errors) ? [body.errors] : []));
  expect(errors.length).toBeGreaterThan(4);
  for (const list of errors) {
    const error = graphqlRefusal(list, attempt);
    expect(['server', 'rejected', 'notFound', 'invalid'], JSON.stringify(list)).toContain(error.kind);
    if (JSON.stringify(list).includes('Cannot query field')) expect(error.reason).toBe('unknownField');
  }
});

test('its notes are read, whichever of the two bodies holds the text', () => {
  const notes = answers.flatMap(({ body }) => {
    const data = isObject(body) && isObject(body.data) ? body.data : {};
    const found = [data.createNote, data.updateNote, data.note, ...(Array.isArray(data.notes) ? data.notes : [])];
    return found.flatMap((note) => fromWire('note', note) ?? []);
  });
  expect(notes.length).toBeGreaterThan(8);
  for (const note of notes) {
    expect(note).not.toHaveProperty('body');
    expect(note.bodyV2).toMatchObject({ markdown: expect.any(String) });
  }
  const texts = notes.map((note) => (isObject(note.bodyV2) ? String(note.bodyV2.markdown) : ''));
  expect(texts).toEqual(
    expect.arrayContaining(['Plain text', 'old style', 'new bn', '# H\n\nHello **bold**\n\n- a\n- b']),
  );
});
