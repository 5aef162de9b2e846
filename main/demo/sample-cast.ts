import type { CrmRecord } from '../../shared/crm';
import { type SampleCompany, slug } from './sample-companies';
import { domainOf, link } from './sample-people';
import type { Random } from './sample-random';

const MEMBERS: readonly (readonly [string, string, string])[] = [
  ['Maya', 'Lindqvist', 'Europe/Stockholm'],
  ['Tom', 'Becker', 'Europe/Berlin'],
  ['Aisha', 'Rahman', 'Europe/London'],
  ['Diego', 'Fernández', 'Europe/Madrid'],
  ['Chloé', 'Martin', 'Europe/Paris'],
  ['Noah', 'Kim', 'America/New_York'],
];

/** The people who work in the sample workspace; the first is who signs in unless another is chosen. */
export function memberRows(random: Random, now: number): CrmRecord[] {
  const since = new Date(now - 600 * 86_400_000).toISOString();
  return MEMBERS.map(([firstName, lastName, timeZone]) => ({
    id: random.uuid(),
    createdAt: since,
    updatedAt: since,
    deletedAt: null,
    name: { firstName, lastName },
    userEmail: `${slug(firstName)}@brightwater.example`,
    userId: random.uuid(),
    avatarUrl: '',
    locale: 'en',
    timeZone,
    colorScheme: 'System',
    dateFormat: 'SYSTEM',
    timeFormat: 'SYSTEM',
  }));
}

export function companyLinks(company: SampleCompany, random: Random): Record<string, unknown> {
  const domain = domainOf(company);
  return {
    domainName: link(`https://${domain}`),
    linkedinLink: link(`https://www.linkedin.com/company/${slug(company.name)}`),
    xLink: link(random.chance(0.4) ? `https://x.com/${slug(company.name).replace(/-/g, '')}` : ''),
  };
}

/** The first name of a record, for texts. */
export function firstNameOf(person: CrmRecord | undefined): string {
  const name = person?.name;
  if (name && typeof name === 'object' && 'firstName' in name && typeof name.firstName === 'string')
    return name.firstName;
  return 'them';
}
