import type { CrmRecord } from '../../shared/crm';
import { companyLinks, firstNameOf, memberRows } from './sample-cast';
import { addressPatterns, COMPANIES } from './sample-companies';
import { cultureOf, drawCulture, makePerson } from './sample-people';
import { createRandom, type Random } from './sample-random';
import { DEALS, fill, NOTES, TASKS } from './sample-texts';

/** Rows of one workspace in the current dialect's names, ready to be loaded into a store. */
export interface Sample {
  workspace: { id: string; displayName: string; subdomain: string };
  /** By singular object name. */
  rows: Record<string, CrmRecord[]>;
}

export interface SampleOptions {
  /** Epoch milliseconds: tasks are due and records were made relative to it. */
  now: number;
  seed: number;
  people: number;
  /** Stage values in board order; the first is where deals begin. */
  stages: readonly string[];
}

export const DAY = 86_400_000;
/** Stages of deals that were decided already. */
const CLOSED = /^(CUSTOMER|WON|LOST|DONE|ACTIVE|RETAINER)$/;
const iso = (ms: number) => new Date(ms).toISOString();

export const WORKSPACE = {
  id: '5f1d8a52-7a4e-4c0b-9d3e-2b6c8e1f4a70',
  displayName: 'Brightwater Studio',
  subdomain: 'brightwater',
} as const;

/** Days from today on which the open tasks are due; null has no date. */
const DUE_DAYS = [-9, -5, -3, -2, -1, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 12, 15, 19, 24, null, null, null];

/**
 * The seeded workspace of a small studio: companies, people, deals in every stage, notes and tasks
 * linked to them. The same options give the same rows.
 */
export function sample(options: SampleOptions): Sample {
  const random = createRandom(options.seed);
  const members = memberRows(random, options.now);
  const stamp = stamper(random, options.now, members);

  const companies = COMPANIES.map((company) => {
    const culture = cultureOf(company.country);
    const [city, state] = random.pick(culture.cities);
    const pattern = addressPatterns(culture);
    return {
      ...stamp(540),
      id: random.uuid(),
      name: company.name,
      ...companyLinks(company, random),
      address: {
        addressStreet1: pattern.street.replace('#', String(random.int(2, 240))),
        addressStreet2: '',
        addressCity: city,
        addressPostcode: pattern.postcode.replace(/#/g, () => random.digits(1)),
        addressState: state,
        addressCountry: culture.countryName,
        addressLat: null,
        addressLng: null,
      },
      employees: company.employees,
      annualRevenue: {
        amountMicros: company.revenue * 1_000_000 * 1_000_000,
        currencyCode: currencyOf(culture.country),
      },
      idealCustomerProfile: random.chance(0.3),
      accountOwnerId: random.chance(0.8) ? random.pick(members).id : null,
      industry: company.industry,
      country: culture.country,
    };
  });

  const people: CrmRecord[] = samplePeople(random, options.people, companies).map((person) => ({
    ...stamp(420),
    ...person,
  }));
  const staffOf = new Map<string, CrmRecord[]>();
  for (const person of people) {
    const companyId = typeof person.companyId === 'string' ? person.companyId : '';
    staffOf.set(companyId, [...(staffOf.get(companyId) ?? []), person]);
  }

  const rows: Record<string, CrmRecord[]> = {
    workspaceMember: members,
    company: companies.map(({ industry: _industry, country: _country, ...row }) => row),
    person: people,
    opportunity: [],
    note: [],
    noteTarget: [],
    task: [],
    taskTarget: [],
  };
  const withStaff = companies.filter((company) => staffOf.has(company.id));

  const deal = (company: (typeof companies)[number], name: string, stage: number, amount: number) => {
    const value = options.stages[stage] ?? options.stages[0] ?? '';
    const closeIn = CLOSED.test(value) ? -random.int(2, 150) : random.int(-6, 95);
    const row: CrmRecord = {
      ...stamp(200),
      id: random.uuid(),
      name,
      amount: { amountMicros: amount * 1_000_000, currencyCode: currencyOf(company.country) },
      closeDate: iso(startOfDay(options.now) + closeIn * DAY),
      stage: value,
      companyId: company.id,
      pointOfContactId: staffOf.get(company.id)?.[0]?.id ?? null,
      ownerId: random.pick(members).id,
    };
    rows.opportunity?.push(row);
    return row;
  };
  const acme = withStaff[0];
  const renewal = acme && deal(acme, 'Acme Renewal', Math.min(3, options.stages.length - 1), 60_000);
  for (let i = 1; i < 60; i++) {
    const company = withStaff[(i * 2 + (i % 3)) % withStaff.length];
    if (!company) break;
    const [about, low, high] = DEALS[(i + Math.floor(i / 8)) % DEALS.length] ?? ['Renewal', 24_000, 120_000];
    const short = company.name.split(/ (?:&|und|of|du|de|des|del) /)[0] ?? company.name;
    // Earlier stages hold more deals, and every stage holds some.
    const stage = i < options.stages.length * 2 ? i % options.stages.length : funnel(random, options.stages.length);
    deal(company, `${short} ${about}`, stage, Math.round(random.int(low, high) / 500) * 500);
  }

  const targets = (kind: 'note' | 'task', parent: CrmRecord, ids: Record<string, string | undefined>) => {
    for (const [column, id] of Object.entries(ids)) {
      if (!id) continue;
      const { createdAt, updatedAt, createdBy, updatedBy } = parent;
      rows[`${kind}Target`]?.push({
        createdAt,
        updatedAt,
        createdBy,
        updatedBy,
        deletedAt: null,
        id: random.uuid(),
        [`${kind}Id`]: parent.id,
        [column]: id,
      });
    }
  };
  const about = (i: number) => {
    const company = i % 5 === 0 && acme ? acme : random.pick(withStaff);
    const staff = staffOf.get(company.id) ?? [];
    const person = i % 15 === 0 ? staff[0] : random.pick(staff);
    const first = firstNameOf(person);
    return { company, person, names: { first, company: company.name } };
  };

  for (let i = 0; i < 150; i++) {
    const { company, person, names } = about(i);
    const [title, body] = NOTES[(i + Math.floor(i / 10)) % NOTES.length] ?? ['Note', ''];
    const note: CrmRecord = {
      ...stamp(90),
      id: random.uuid(),
      title: fill(title, names),
      bodyV2: markdown(fill(body, names)),
    };
    rows.note?.push(note);
    targets('note', note, {
      targetPersonId: person?.id,
      targetCompanyId: random.chance(0.5) ? company.id : undefined,
      targetOpportunityId: i % 15 === 0 && company === acme ? renewal?.id : undefined,
    });
  }

  const done = 24;
  for (let i = 0; i < DUE_DAYS.length + done; i++) {
    const open = i < DUE_DAYS.length;
    const day = open ? DUE_DAYS[i] : -random.int(1, 40);
    const { company, person, names } = about(i);
    const [title, body] = TASKS[(i + Math.floor(i / 12)) % TASKS.length] ?? ['Task', ''];
    const hour = random.int(8, 16) * 3_600_000 + (random.chance(0.3) ? 1_800_000 : 0);
    const task: CrmRecord = {
      ...stamp(45),
      id: random.uuid(),
      title: fill(title, names),
      bodyV2: markdown(fill(body, names)),
      status: open ? (random.chance(0.3) ? 'IN_PROGRESS' : 'TODO') : 'DONE',
      dueAt: day === null || day === undefined ? null : iso(startOfDay(options.now) + day * DAY + hour),
      assigneeId: (i % 3 === 0 ? members[0] : random.pick(members))?.id ?? null,
    };
    rows.task?.push(task);
    targets('task', task, { targetPersonId: person?.id, targetCompanyId: random.chance(0.3) ? company.id : undefined });
  }
  return { workspace: WORKSPACE, rows };
}

function markdown(text: string): { markdown: string; blocknote: null } {
  return { markdown: text, blocknote: null };
}

/** Acme's people first, then three or so to a company, then some without one. */
function samplePeople(
  random: Random,
  count: number,
  companies: readonly { id: string; name: string; industry: (typeof COMPANIES)[number]['industry']; country: string }[],
): CrmRecord[] {
  const seen = new Set<string>();
  const us = cultureOf('US');
  const acme = companies[0] ?? null;
  const cast: readonly (readonly [string, string, string])[] = [
    ['Jane', 'Smith', 'CTO'],
    ['Robert', 'Chen', 'CFO'],
    ['Priya', 'Raman', 'Head of Procurement'],
    ['Tomás', 'Álvarez', 'Product Manager'],
    ['Zoë', 'Weiß', 'Head of Data'],
    ['Søren', 'Kjær', 'Solutions Architect'],
    ['Łukasz', 'Nowak', 'VP Engineering'],
  ];
  const people = cast
    .slice(0, count)
    .map(([first, last, title]) =>
      makePerson(random, { id: random.uuid(), company: acme, culture: us, leads: false, first, last, title }, seen),
    );
  const jane = people[0];
  if (jane) {
    jane.phones = {
      primaryPhoneNumber: '4155550132',
      primaryPhoneCountryCode: 'US',
      primaryPhoneCallingCode: '+1',
      additionalPhones: [],
    };
    jane.linkedinLink = {
      primaryLinkUrl: 'https://www.linkedin.com/in/jane-smith',
      primaryLinkLabel: '',
      secondaryLinks: [],
    };
    jane.city = 'San Francisco';
  }
  for (let i = people.length; i < count; i++) {
    const company = random.chance(0.06) ? null : (companies[1 + (i % (companies.length - 1))] ?? null);
    // Most work in their own country, some came from elsewhere.
    const culture = company && random.chance(0.85) ? cultureOf(company.country) : drawCulture(random);
    people.push(makePerson(random, { id: random.uuid(), company, culture, leads: i < companies.length }, seen));
  }
  return people;
}

/** Makes the times and the author of a record created within the last `days`. */
function stamper(random: Random, now: number, members: readonly CrmRecord[]) {
  return (days: number) => {
    // People write at work: from seven in the morning to five in the afternoon.
    const worked =
      startOfDay(now - Math.floor(random.next() ** 1.6 * days * DAY)) + random.int(7 * 60, 17 * 60) * 60_000;
    const created = worked < now - 120_000 ? worked : worked - DAY;
    const updated = created + Math.floor(random.next() * random.next() * (now - created - 60_000));
    const member = random.pick(members);
    const name = `${member.name && typeof member.name === 'object' ? Object.values(member.name).join(' ') : ''}`;
    const by = { source: 'MANUAL', workspaceMemberId: member.id, name, context: {} };
    return { createdAt: iso(created), updatedAt: iso(updated), deletedAt: null, createdBy: by, updatedBy: by };
  };
}

function funnel(random: Random, stages: number): number {
  return Math.min(stages - 1, Math.floor(random.next() ** 1.5 * stages));
}

const EURO = new Set(['DE', 'FR', 'ES', 'NL']);
const CURRENCIES: Readonly<Record<string, string>> = { GB: 'GBP', DK: 'DKK', SE: 'SEK', PL: 'PLN', BR: 'BRL' };
function currencyOf(country: string): string {
  return EURO.has(country) ? 'EUR' : (CURRENCIES[country] ?? 'USD');
}

function startOfDay(now: number): number {
  return Math.floor(now / DAY) * DAY;
}
