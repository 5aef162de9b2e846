import { isDeepStrictEqual } from 'node:util';
import type { Random } from '../../main/demo/sample-random';
import type { Receipt } from '../../shared/app/outbox';
import type { Draft, DraftLink } from '../../shared/capture/draft';
import type { TestTwenty } from '../support/twenty';
import { type Tally, tally } from './rounds';

type Row = { id: string; [field: string]: unknown };
interface Approved {
  draft: Draft;
  /** Null while it is unknown whether it was kept. */
  receipt: Receipt | null;
  withdrawn: boolean;
}
interface Found {
  lost: number;
  doubled: number;
  /** A line for everything that is not as it was approved. */
  wrong: string[];
}

const KINDS = ['note', 'task'] as const;
const LINKED = ['person', 'company', 'opportunity'] as const;
const targetOf = (object: string): string => `target${object.charAt(0).toUpperCase()}${object.slice(1)}Id`;

/** Everything a person approved against one server, and what has to be there in the end. */
export class Ledger {
  readonly #server: TestTwenty;
  readonly #before = new Map<string, string>();
  readonly #approved: Approved[] = [];
  readonly #links: DraftLink[];
  #told: Tally = { rounds: 0, captures: 0, lost: 0, doubled: 0 };

  constructor(server: TestTwenty) {
    this.#server = server;
    for (const object of [...KINDS, ...LINKED, 'noteTarget', 'taskTarget'])
      for (const row of this.#rows(object)) this.#before.set(row.id, JSON.stringify(row));
    this.#links = LINKED.flatMap((object) =>
      server
        .rows(object)
        .slice(0, 20)
        .map(({ id }) => ({ object, id, label: `A ${object}` })),
    );
  }

  /** A capture as a person might make it, noted as approved. Its title is found nowhere else. */
  approve(random: Random, connectionId = 'faults'): Draft {
    const kind = random.pick(KINDS);
    const links = Array.from({ length: random.int(0, 3) }, () => random.pick(this.#links));
    const draft: Draft = {
      kind,
      title: `Capture ${this.#approved.length + 1} of ${random.uuid()}`,
      body: random.chance(0.5) ? `Said *${random.uuid()}*, with "quotes" and 100 %\n\n- and a list` : '',
      due: kind === 'task' ? { at: '2031-05-04T15:00:00.000Z', hasTime: true, words: 'in May' } : null,
      assigneeId: null,
      links: links.filter((link, index) => links.findIndex((other) => other.id === link.id) === index),
      connectionId,
      replaces: null,
    };
    this.#approved.push({ draft, receipt: null, withdrawn: false });
    return draft;
  }

  acknowledged(draft: Draft, receipt: Receipt): void {
    this.#entry(draft).receipt = receipt;
  }

  /** Taken back with an answer that said so. */
  withdrawn(draft: Draft): void {
    this.#entry(draft).withdrawn = true;
  }

  /** Compares with the server, adds the round to the sum, and throws when anything is not as approved. */
  settle(): void {
    const { lost, doubled, wrong } = this.#compare();
    const captures = this.#approved.filter(({ receipt }) => receipt !== null).length;
    tally({
      rounds: 1,
      captures: captures - this.#told.captures,
      lost: lost - this.#told.lost,
      doubled: doubled - this.#told.doubled,
    });
    this.#told = { rounds: 0, captures, lost, doubled };
    if (wrong.length > 0) throw new Error(`${wrong.length} are not as approved:\n${wrong.slice(0, 5).join('\n')}`);
  }

  #compare(): Found {
    const found: Found = { lost: 0, doubled: 0, wrong: [] };
    const arrived = new Map<string, Row[]>();
    for (const kind of KINDS) {
      for (const row of this.#rows(kind)) {
        if (this.#before.has(row.id)) continue;
        const key = `${kind} ${row.title}`;
        arrived.set(key, [...(arrived.get(key) ?? []), row]);
      }
    }
    const last = { note: Number.POSITIVE_INFINITY, task: Number.POSITIVE_INFINITY };
    for (const { draft, receipt, withdrawn } of this.#approved) {
      const key = `${draft.kind} ${draft.title}`;
      const rows = arrived.get(key) ?? [];
      arrived.delete(key);
      const live = rows.filter((row) => row.deletedAt === null);
      if (rows.length > 1) found.doubled += rows.length - 1;
      if (rows.length > 1) found.wrong.push(`${key} arrived ${rows.length} times.`);
      if (withdrawn && live.length > 0) found.wrong.push(`${key} arrived although it was taken back.`);
      if (withdrawn) continue;
      if (receipt && live.length === 0) {
        found.lost += 1;
        found.wrong.push(`${key} was acknowledged and did not arrive.`);
      }
      const row = live[0];
      if (!row) continue;
      if (receipt && receipt.recordId !== row.id) found.wrong.push(`${key} has another id than its receipt.`);
      this.#content(draft, row, found);
      // The server puts every new record before the ones it has.
      const place = Number(row.position);
      if (receipt && place > last[draft.kind]) found.wrong.push(`${key} arrived before one approved earlier.`);
      if (receipt) last[draft.kind] = place;
    }
    for (const key of arrived.keys()) found.wrong.push(`${key} was sent and never approved.`);
    this.#untouched(found);
    return found;
  }

  #content(draft: Draft, row: Row, found: Found): void {
    const body = (row.bodyV2 as { markdown: string | null } | null)?.markdown ?? '';
    const wanted = draft.body.replace(/\s+/g, ' ').trim();
    if (body.replace(/\s+/g, ' ').trim() !== wanted) found.wrong.push(`${draft.title} arrived with another text.`);
    if (draft.due && Date.parse(String(row.dueAt)) !== Date.parse(draft.due.at))
      found.wrong.push(`${draft.title} arrived with another date.`);
    const targets = this.#rows(`${draft.kind}Target`).filter((one) => one[`${draft.kind}Id`] === row.id);
    const links = targets.filter((one) => one.deletedAt === null).map(linkOf);
    const expected = draft.links.map(({ object, id }) => `${object} ${id}`);
    if (links.length > new Set(links).size) found.doubled += 1;
    if (!isDeepStrictEqual([...links].sort(), [...expected].sort()))
      found.wrong.push(`${draft.title} arrived with ${links.length} of ${expected.length} links.`);
  }

  /** Nothing else was made, changed or deleted. */
  #untouched(found: Found): void {
    const ours = new Set<unknown>(KINDS.flatMap((kind) => this.#rows(kind).map((row) => row.id)));
    for (const object of [...KINDS, ...LINKED, 'noteTarget', 'taskTarget']) {
      for (const row of this.#rows(object)) {
        const before = this.#before.get(row.id);
        if (before !== undefined && before !== JSON.stringify(row))
          found.wrong.push(`A ${object} was changed and nobody asked for it.`);
        if (before !== undefined || object === 'note' || object === 'task') continue;
        if (!ours.has(row.noteId ?? row.taskId)) found.wrong.push(`A ${object} was made and nobody asked for it.`);
      }
    }
  }

  #entry(draft: Draft): Approved {
    const entry = this.#approved.find((one) => one.draft === draft);
    if (!entry) throw new Error('This was never approved.');
    return entry;
  }

  /** Every row, trash included. */
  #rows(object: string): Row[] {
    return [...this.#server.demo.store.table(object).inOrder()];
  }
}

function linkOf(target: Row): string {
  for (const object of LINKED) {
    const id = target[targetOf(object)];
    if (typeof id === 'string') return `${object} ${id}`;
  }
  return 'nothing';
}
