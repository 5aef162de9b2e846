import type { CrmRecord } from '../../shared/crm';
import type { Industry } from './sample-companies';
import { slug } from './sample-companies';
import { drawCulture, link, phones } from './sample-people';
import { createRandom, type Random } from './sample-random';
import { LEADERS, TITLES } from './sample-texts';

/** A workspace too large to hold as one list: rows are made when asked for, each from its own number. */
export interface LargeSample {
  readonly people: number;
  readonly companies: number;
  /** The person with number `index` (from 0); always the same for the same seed. */
  person(index: number): CrmRecord;
  company(index: number): CrmRecord;
  /** All people (or companies) in chunks, so that a caller can yield between them. */
  peopleChunks(size: number): IterableIterator<CrmRecord[]>;
  companyChunks(size: number): IterableIterator<CrmRecord[]>;
}

const HEADS =
  'Al Ber Cal Dor El Far Gar Hol Ing Jor Kar Lan Mar Nor Ol Par Quin Ros Sal Tor Ul Var Wes Yar Zel Bran Chel Drum Fen Grim Hart Kings Lock Mor Pem Ran Stan Thorn Whit'.split(
    ' ',
  );
const MIDDLES = ['', '', '', 'in', 'er', 'an', 'el', 'os', 'ar', 'en', 'ig', 'ov', 'und', 'em'];
const TAILS =
  'berg son ley ton ski ova ez ini sen mann ford wood field well er ard idge worth by bury stein ic escu dóttir quist ström möller'.split(
    ' ',
  );
const FIRST_WORDS =
  'Blue Silver North Clear Green Stone Bright Iron River Cedar Golden Urban Nova Prime Delta Alpine Coastal Vertex Maple Falcon Amber Crystal Summit Harbor Orbit Pioneer Quantum Solar Terra Union'.split(
    ' ',
  );
const SECOND_WORDS =
  'Systems Foods Logistics Media Health Energy Capital Labs Studio Partners Works Design Motors Textiles Analytics Robotics Insurance Travel Pharma Education Networks Materials Aviation Marine Security Optics'.split(
    ' ',
  );
const ENDINGS = ['', '', '', ' Group', ' GmbH', ' Ltd', ' Inc', ' SA', ' AB', ' & Co'];
const INDUSTRY: readonly Industry[] = ['software', 'media', 'commerce', 'agency', 'industry', 'health', 'finance'];
const START = Date.parse('2022-01-03T08:00:00.000Z');
const YEARS = 4 * 365 * 86_400_000;

/**
 * People and companies for benchmarks: names as skewed as real ones, one company to about twelve
 * people. Made lazily; a million rows take no memory until they are kept.
 *
 * @param seed the same seed gives the same rows
 */
export function largeSample(people: number, seed: number): LargeSample {
  const companies = Math.max(1, Math.ceil(people / 12));
  const source = (kind: number, index: number) =>
    createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index * 2 + kind, 0x85ebca6b));

  const companyHead = (index: number) => {
    const random = source(1, index);
    const id = random.uuid();
    const name = `${random.pick(FIRST_WORDS)} ${skewed(random, SECOND_WORDS)}${random.pick(ENDINGS)}`;
    // The number keeps names alike apart, as branches of one firm are.
    const domain = `${slug(name)}-${index.toString(36)}.example`;
    return { random, id, name, domain, industry: random.pick(INDUSTRY) };
  };

  const company = (index: number): CrmRecord => {
    const { random, id, name, domain } = companyHead(index);
    const culture = drawCulture(random);
    const [city, state] = random.pick(culture.cities);
    return {
      id,
      ...times(random),
      name,
      domainName: link(`https://${domain}`),
      linkedinLink: link(''),
      address: {
        addressStreet1: '',
        addressStreet2: '',
        addressCity: city,
        addressPostcode: '',
        addressState: state,
        addressCountry: culture.countryName,
        addressLat: null,
        addressLng: null,
      },
      employees: random.int(2, 4_000),
    };
  };

  const person = (index: number): CrmRecord => {
    const random = source(0, index);
    const id = random.uuid();
    const culture = drawCulture(random);
    const firstName = skewed(random, culture.first);
    const lastName = random.chance(0.45) ? skewed(random, culture.last) : surname(random);
    const works = random.chance(0.92);
    // Large companies first, as in life.
    const at = works ? companyHead(Math.floor(random.next() ** 1.7 * companies)) : null;
    const domain = at?.domain ?? random.pick(['post.example', 'inbox.example', 'mail.example']);
    const [city] = random.pick(culture.cities);
    return {
      id,
      ...times(random),
      name: { firstName, lastName },
      emails: {
        primaryEmail: `${slug(firstName)}.${slug(lastName)}.${index.toString(36)}@${domain}`,
        additionalEmails: [],
      },
      phones: random.chance(0.8) ? openPhone(random, culture.country, culture.callingCode) : phones(random, culture),
      linkedinLink: link(
        random.chance(0.5)
          ? `https://www.linkedin.com/in/${slug(firstName)}-${slug(lastName)}-${index.toString(36)}`
          : '',
      ),
      jobTitle: random.chance(0.15) ? random.pick(LEADERS) : random.pick(TITLES[at?.industry ?? 'agency']),
      city,
      avatarUrl: '',
      companyId: at?.id ?? null,
    };
  };

  return {
    people,
    companies,
    person,
    company,
    peopleChunks: (size) => chunks(people, size, person),
    companyChunks: (size) => chunks(companies, size, company),
  };
}

function* chunks(total: number, size: number, make: (index: number) => CrmRecord): IterableIterator<CrmRecord[]> {
  for (let from = 0; from < total; from += size) {
    yield Array.from({ length: Math.min(size, total - from) }, (_, offset) => make(from + offset));
  }
}

function times(random: Random): { createdAt: string; updatedAt: string; deletedAt: null } {
  const created = START + Math.floor(random.next() * YEARS);
  const updated = created + Math.floor(random.next() * (START + YEARS - created));
  return { createdAt: new Date(created).toISOString(), updatedAt: new Date(updated).toISOString(), deletedAt: null };
}

/** The first of a list are drawn far more often than the last. */
function skewed(random: Random, list: readonly string[]): string {
  return list[Math.floor(random.next() ** 2.2 * list.length)] ?? '';
}

function surname(random: Random): string {
  return `${random.pick(HEADS)}${random.pick(MIDDLES)}${skewed(random, TAILS)}`;
}

/** Nine or ten digits that spread over the whole range, unlike the few numbers kept for fiction. */
function openPhone(random: Random, country: string, callingCode: string): Record<string, unknown> {
  const number =
    country === 'US'
      ? `${random.int(2, 9)}${random.int(0, 8)}${random.int(1, 9)}555${random.digits(4)}`
      : `6${random.digits(8)}`;
  return {
    primaryPhoneNumber: number,
    primaryPhoneCountryCode: country,
    primaryPhoneCallingCode: callingCode,
    additionalPhones: [],
  };
}
