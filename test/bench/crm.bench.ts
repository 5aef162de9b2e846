import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { launchTwig, type Twig, until } from '../support/desktop';
import { connectTwenty, invoke } from '../support/steps';
import { type Effect, eventToPaint, scrollToPaint } from './crm-probe';
import { type Aim, type Bench, type Figure, figure, percentile } from './report';
import { type Served, startServer } from './server';
import { bareList, onDesktop, runOnDesktop } from './windows';

const PEOPLE = 100_000;
const DEALS = 5_000;
/** What needs nothing but drawing may take twice the plain list's time. */
const NEAR_BARE: Aim = { ratioAtMost: 2 };
/** What asks the local copy still has to feel immediate. */
const AT_ONCE: Aim = { atMost: 100 };
const FIRST_SYNC = 5 * 60_000;
const GRID = '[role="grid"]';
/** The first row below the head, and what the keys stand on. */
const FIRST_ROW: Effect = { selector: `${GRID} [aria-rowindex="2"]`, attribute: null };
const ACTIVE: Effect = { selector: GRID, attribute: 'aria-activedescendant' };
const FOUND: Effect = { selector: GRID, attribute: 'aria-rowcount' };
const CONTACTS: Effect = { selector: '#contact-results [role="option"]', attribute: null };
/** Three letters find a contact; each of these letters leaves fewer than the one before. */
const NAMES = ['ber', 'gar', 'hol', 'kim', 'sto', 'tor', 'joh', 'dan'];

/** Table and board with 100,000 people and 5,000 deals: from the key, the pointer or the wheel to the picture. */
export const crmBench: Bench = {
  name: 'crm',
  async *run(say) {
    yield* onDesktop() ? await measure(say) : await runOnDesktop('crm');
  },
};

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const server = await startServer(PEOPLE);
  const twig = await launchTwig();
  try {
    await addDeals(server);
    await watchMain(twig);
    say('crm: first sync');
    const page = await connectTwenty(twig, server);
    await until(
      'the first sync',
      async () => (await invoke(page, 'app.state', undefined)).connections[0]?.sync.lastSyncAt != null,
      FIRST_SYNC,
    );
    const figures = [await longestHeld(twig, 'first sync 100k')];
    say('crm: table');
    figures.push(...(await tableFigures(twig, page, say)));
    say('crm: board');
    figures.push(...(await boardFigures(twig, page)));
    return figures;
  } finally {
    await twig.close();
    server.stop();
  }
}

async function tableFigures(twig: Twig, page: Page, say: (line: string) => void): Promise<Figure[]> {
  await go(page, 'Contacts');
  const contacts = page.getByRole('searchbox', { name: 'Search' });
  for (const name of NAMES) await typed(page, contacts, name, CONTACTS);
  const searching = await longestHeld(twig, 'contacts search 100k');

  await go(page, 'People');
  const grid = page.getByRole('grid');
  await grid.locator('.grid-row .strong').first().waitFor();
  const rows = await page.locator('.grid-row').count();
  await grid.focus();
  const arrows = await times(120, () => eventToPaint(page, 'keydown', ACTIVE, () => page.keyboard.press('ArrowDown')));
  const near = await times(60, (at) => scrollToPaint(page, GRID, '.grid-row', 4_000 + at * 500));
  const far = await times(20, (at) => scrollToPaint(page, GRID, '.grid-row', 36 * (2_000 + ((at * 37_813) % 95_000))));
  const search = page.getByRole('searchbox', { name: /^Search people/ });
  const first = await eventToPaint(page, 'keydown', FOUND, async () => {
    await search.focus();
    await page.keyboard.press('q');
  });
  await eventToPaint(page, 'keydown', FOUND, () => page.keyboard.press('Backspace'));
  const keys: number[] = [];
  for (const name of NAMES) keys.push(...(await typed(page, search, name, FOUND)));
  say('crm: table order');
  const sort = (column: RegExp) =>
    eventToPaint(page, 'click', FIRST_ROW, () =>
      page.getByRole('columnheader', { name: column }).getByRole('button').click(),
    );
  await page.getByRole('columnheader', { name: /^Name/ }).getByRole('button').click();
  const indexed = await times(2, () => sort(/^Name/));
  const unindexed: number[] = [];
  const again: number[] = [];
  for (const column of [/^Job ?title/i, /^E-?mails/i, /^Company/i]) {
    unindexed.push(await sort(column));
    again.push(await sort(column));
  }
  const listing = await longestHeld(twig, 'table 100k');

  const bare = await openBare(twig, rows, PEOPLE);
  const list = bare.getByRole('listbox');
  await list.focus();
  const bareActive: Effect = { selector: '#list', attribute: 'data-active' };
  const bareRow: Effect = { selector: '#row-0', attribute: null };
  const bareArrows = await times(120, () =>
    eventToPaint(bare, 'keydown', bareActive, () => bare.keyboard.press('ArrowDown')),
  );
  const bareNear = await times(60, (at) => scrollToPaint(bare, '#list', '.row', 4_000 + at * 500));
  const bareKeys: number[] = [];
  for (const name of NAMES) bareKeys.push(...(await typed(bare, bare.getByRole('textbox'), name, bareRow)));
  const bareSort = await times(6, () =>
    eventToPaint(bare, 'click', bareRow, () => bare.getByRole('button', { name: 'Sort' }).click()),
  );
  await closeBare(twig);
  return [
    searching,
    listing,
    beside('table arrow key to paint', 0.5, arrows, bareArrows),
    beside('table arrow key to paint', 0.95, arrows, bareArrows, NEAR_BARE),
    beside('table scroll to paint', 0.95, near, bareNear, NEAR_BARE),
    beside('table scroll anywhere to paint', 0.95, far, bareNear, AT_ONCE),
    beside('table first search keystroke to rows', 1, [first], bareKeys),
    beside('table search keystroke to rows', 0.5, keys, bareKeys),
    beside('table search keystroke to rows', 0.95, keys, bareKeys, AT_ONCE),
    beside('table sort to rows, indexed', 1, indexed, bareSort, AT_ONCE),
    beside('table sort to rows, not indexed', 1, unindexed, bareSort, { atMost: 500 }),
    beside('table sort to rows, other way round', 1, again, bareSort, AT_ONCE),
  ];
}

async function boardFigures(twig: Twig, page: Page): Promise<Figure[]> {
  await go(page, 'Deals');
  const cards = page.locator('.deal');
  await cards.first().waitFor();
  const shown = await cards.count();
  const keys: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    const [id, stage] = await page.evaluate(() => {
      const active = document.querySelector('.deal[aria-selected="true"]');
      return [active?.id ?? '', active?.closest<HTMLElement>('[data-stage]')?.dataset.stage ?? ''];
    });
    const inColumn: Effect = { selector: `[data-stage="${stage}"] #${id}`, attribute: 'id' };
    keys.push(await eventToPaint(page, 'keydown', inColumn, () => page.keyboard.press(round % 2 === 0 ? ']' : '[')));
  }
  const moving: number[] = [];
  const drops: number[] = [];
  const [from, to] = [page.locator('.column').nth(0), page.locator('.column').nth(1)];
  for (let round = 0; round < 10; round += 1) {
    const card = from.locator('.deal').first();
    const [start, end] = [await card.boundingBox(), await to.boundingBox()];
    if (!start || !end) throw new Error('The board is not in sight');
    const id = (await card.getAttribute('id')) ?? '';
    await page.mouse.move(start.x + 40, start.y + 20);
    await page.mouse.down();
    await page.mouse.move(start.x + 60, start.y + 30);
    await page.locator('.deal-ghost').waitFor();
    for (let step = 1; step <= 6; step += 1) {
      const ghost: Effect = { selector: '.deal-ghost', attribute: 'style' };
      const x = start.x + 60 + ((end.x + 60 - start.x - 60) * step) / 6;
      moving.push(await eventToPaint(page, 'pointermove', ghost, () => page.mouse.move(x, start.y + 40 + step)));
    }
    const left: Effect = { selector: `.column:nth-of-type(1) #${id}`, attribute: 'id' };
    drops.push(await eventToPaint(page, 'pointerup', left, () => page.mouse.up()));
  }
  const held = await longestHeld(twig, 'board 5,000');

  const bare = await openBare(twig, shown, DEALS);
  await bare.getByRole('listbox').focus();
  const moved: Effect = { selector: '#list', attribute: 'data-moved' };
  const pointer: Effect = { selector: '#pointer', attribute: null };
  const bareKeys = await times(30, () => eventToPaint(bare, 'keydown', moved, () => bare.keyboard.press(']')));
  const bareMoves = await times(60, (at) =>
    eventToPaint(bare, 'pointermove', pointer, () => bare.mouse.move(60 + at * 5, 120 + at)),
  );
  await closeBare(twig);
  return [
    beside('board ] to paint, 5,000 deals', 0.5, keys, bareKeys),
    beside('board ] to paint, 5,000 deals', 0.95, keys, bareKeys, NEAR_BARE),
    beside('board drag to paint, 5,000 deals', 0.95, moving, bareMoves, NEAR_BARE),
    beside('board drop to paint, 5,000 deals', 0.95, drops, bareKeys, NEAR_BARE),
    held,
  ];
}

/** Milliseconds of ours beside the plain list's; a share of 1 is the longest. */
function beside(name: string, share: number, ours: readonly number[], bare: readonly number[], aim: Aim = {}): Figure {
  const label = share === 1 ? name : `${name} p${share * 100}`;
  return figure(label, percentile(ours, share), 'ms', percentile(bare, share), aim);
}

/** From each key of `text` to the frame with what it finds. The field is empty again afterwards. */
async function typed(page: Page, field: ReturnType<Page['locator']>, text: string, effect: Effect): Promise<number[]> {
  await field.focus();
  const keys: number[] = [];
  for (const letter of text) keys.push(await eventToPaint(page, 'keydown', effect, () => page.keyboard.press(letter)));
  await eventToPaint(page, 'input', effect, () => field.fill(''));
  return keys;
}

async function times(count: number, work: (at: number) => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let at = 0; at < count; at += 1) values.push(await work(at));
  return values;
}

const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name, exact: true }).click();

/** Makes deals in every stage until there are enough. */
async function addDeals({ url, key }: Served): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const stages = ['NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER'];
  const asked = await fetch(`${url}/rest/opportunities?limit=1&depth=0`, { headers });
  const { totalCount } = (await asked.json()) as { totalCount: number };
  for (let at = totalCount; at < DEALS; at += 60) {
    const deals = Array.from({ length: Math.min(60, DEALS - at) }, (_, more) => ({
      name: `Deal number ${at + more}`,
      stage: stages[(at + more) % stages.length],
      amount: { amountMicros: (at + more) * 1_000_000_000, currencyCode: 'USD' },
      closeDate: new Date(Date.UTC(2031, 0, 1 + ((at + more) % 300))).toISOString(),
    }));
    const made = await fetch(`${url}/rest/batch/opportunities`, {
      method: 'POST',
      headers,
      body: JSON.stringify(deals),
    });
    if (!made.ok) throw new Error(`The server took no more deals: ${made.status} ${await made.text()}`);
  }
}

/** The plain list in a window of the same app and size. */
async function openBare(twig: Twig, rows: number, total: number): Promise<Page> {
  const opened = twig.app.waitForEvent('window');
  await twig.app.evaluate(
    async ({ BrowserWindow }, { rows, total }) => {
      const size = BrowserWindow.getAllWindows()
        .find((one) => one.getTitle() === 'Twig')
        ?.getBounds();
      const window = new BrowserWindow({ ...size, webPreferences: { sandbox: true } });
      const root = `<div id="root" data-rows="${rows}" data-total="${total}"></div>`;
      await window.loadURL(`data:text/html,<!doctype html><title>Bare</title>${encodeURIComponent(root)}`);
    },
    { rows, total },
  );
  const page = await opened;
  await page.evaluate(readFileSync(bareList(), 'utf8'));
  await page.locator('#row-0').waitFor();
  return page;
}

function closeBare(twig: Twig): Promise<void> {
  return twig.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.getTitle() === 'Bare') window.destroy();
  });
}

/** Starts noting how long main is busy at a stretch and, to know what the machine adds, this waiting process too. */
async function watchMain(twig: Twig): Promise<void> {
  noteHeld();
  await twig.app.evaluate(noteHeld);
}

/** Runs in the watched process. */
function noteHeld(): void {
  const every = 5;
  const watched = { held: 0 };
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    watched.held = Math.max(watched.held, now - last - every);
    last = now;
  }, every);
  timer.unref();
  Object.assign(globalThis, { watched });
}

/** The longest stretch since the last time it was asked, beside the one of a process with nothing to do. */
async function longestHeld(twig: Twig, name: string): Promise<Figure> {
  const held = await twig.app.evaluate(takeHeld);
  return figure(`main held, ${name}`, held, 'ms', takeHeld(), { atMost: 50 });
}

/** Milliseconds. Runs in the watched process. */
function takeHeld(): number {
  const { watched } = globalThis as unknown as { watched: { held: number } };
  const { held } = watched;
  watched.held = 0;
  return held;
}
