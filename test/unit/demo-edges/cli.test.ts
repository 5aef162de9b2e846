import { expect, it } from 'vitest';
import { demoServer } from '../../../main/demo/cli';

async function start(...args: string[]) {
  const said = { answers: [] as string[], complaints: [] as string[] };
  const served = await demoServer(args, {
    answer: (line) => said.answers.push(line),
    complain: (text) => said.complaints.push(text),
  });
  return { served, ...said };
}

it('prints one JSON line and serves what was asked for', async () => {
  const { served, answers } = await start(
    ...['--dialect', 'old', '--people', '12', '--limit', '2/60', '--latency', '1'],
    ...['--fault', 'dropAfter:1', '--fault', '{"kind":"status","status":503,"times":1}'],
  );
  if (typeof served === 'number') throw new Error('It did not serve.');
  try {
    expect(answers).toHaveLength(1);
    const { url, key, dialect } = JSON.parse(answers[0] ?? '');
    expect({ url, key, dialect }).toEqual({ url: served.url, key: 'demo-api-key', dialect: 'old' });
    const people = () => fetch(`${url}/rest/people?depth=0`, { headers: { authorization: `Bearer ${key}` } });
    await expect(people()).rejects.toThrow();
    expect((await people()).status).toBe(503);
    expect((await (await people()).json()).totalCount).toBe(12);
    expect((await people()).status).toBe(400);
  } finally {
    await served.stop();
  }
});

it('puts the gateway in front', async () => {
  const { served, answers } = await start('--maton', '--people', '5', '--dialect', 'b');
  if (typeof served === 'number') throw new Error('It did not serve.');
  const { url, key } = JSON.parse(answers[0] ?? '');
  const answer = await fetch(`${url}/twenty/rest/people`, { headers: { authorization: `Bearer ${key}` } });
  expect((await answer.json()).totalCount).toBe(5);
  await served.stop();
});

it.each([['--dialect', 'klingon'], ['--limit', 'many'], ['--fault', 'nonsense'], ['--unknown']])(
  'explains itself when it does not understand %s %s',
  async (...args) => {
    const { served, answers, complaints } = await start(...args);
    expect(served).toBe(2);
    expect(answers).toEqual([]);
    expect(complaints.join('')).toContain('--dialect NAME');
  },
);
