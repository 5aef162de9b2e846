import type { CrmRecord } from '../../shared/crm';
import { DAY, sample } from './sample';
import { largeSample } from './sample-large';
import { createRandom, type Random } from './sample-random';
import type { FieldDef, ObjectDef } from './schema';
import type { Store } from './store';

export interface SeedOptions {
  /** How many people; from 2,000 on, the rest is made in bulk after the first 400. */
  people: number;
  seed: number;
}

const LARGE_FROM = 2_000;
const COMPANY_PEOPLE = 400;
const CHUNK = 5_000;

/** Fills an empty store with the sample workspace, in the words and with the options of its dialect. */
export function seedSample(store: Store, { people, seed }: SeedOptions): void {
  const large = people >= LARGE_FROM;
  const { rows } = sample({
    now: store.now(),
    seed,
    people: large ? COMPANY_PEOPLE : people,
    stages: stagesOf(store),
  });
  const random = createRandom(seed + 1);
  for (const [object, records] of Object.entries(rows)) {
    const def = store.schema.object(object);
    if (!def) continue;
    for (const record of records) decorate(def, record, random);
    store.seed(object, records);
  }
  if (store.schema.object('project')) store.seed('project', projects(store, rows.company ?? [], random));
  if (!large) return;
  const bulk = largeSample(people - COMPANY_PEOPLE, seed);
  for (const chunk of bulk.companyChunks(CHUNK)) store.seed('company', chunk);
  for (const chunk of bulk.peopleChunks(CHUNK)) store.seed('person', chunk);
}

/** Values of the stages in board order; LOST last, so that it is the rarest. */
function stagesOf(store: Store): string[] {
  const options = store.schema.field('opportunity', 'stage')?.options ?? [];
  return [...options].sort((a, b) => a.position - b.position).map((option) => option.value);
}

/** Gives the fields that this workspace added to an object a likely value. */
function decorate(object: ObjectDef, record: CrmRecord, random: Random): void {
  for (const field of object.fields) {
    if (!field.custom || field.name in record) continue;
    const value = likely(field, record, random);
    if (value !== undefined) record[field.name] = value;
  }
  if (!object.fields.some((field) => field.name === 'useCase')) return;
  if (record.stage === 'RETAINER' || record.stage === 'ACTIVE') {
    record.contractType = 'RETAINER';
    record.useCase = `$${(random.int(4, 30) * 500).toLocaleString('en-US')}/month retainer, referred via a former client.`;
  }
}

function likely(field: FieldDef, record: CrmRecord, random: Random): unknown {
  const options = field.options ?? [];
  if (options.length === 0) return undefined;
  if (field.name === 'lostReason') return record.stage === 'LOST' ? random.pick(options).value : null;
  if (field.type === 'MULTI_SELECT') return random.chance(0.4) ? [random.pick(options).value] : [];
  return random.chance(0.8) ? random.pick(options).value : null;
}

const PROJECTS = [
  'Website relaunch',
  'Customer portal',
  'Data clean-up',
  'Brand film',
  'Store opening',
  'CRM training',
];

/** The custom object of the sample workspace. */
function projects(store: Store, companies: readonly CrmRecord[], random: Random): CrmRecord[] {
  const statuses = store.schema.field('project', 'status')?.options ?? [];
  return companies.slice(0, 18).map((company, index) => {
    const at = new Date(store.now() - random.int(5, 120) * DAY).toISOString();
    return {
      id: random.uuid(),
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
      name: `${PROJECTS[index % PROJECTS.length]} ${typeof company.name === 'string' ? company.name : ''}`,
      status: statuses[index % statuses.length]?.value ?? null,
      startDate: new Date(store.now() + random.int(-60, 60) * DAY).toISOString().slice(0, 10),
      budget: { amountMicros: random.int(8, 160) * 500 * 1_000_000, currencyCode: 'USD' },
      tags: random.chance(0.5) ? ['priority'] : [],
      companyId: company.id,
    };
  });
}
