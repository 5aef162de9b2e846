import type { CrmRecord } from '../../shared/crm';
import { type SampleCompany, slug } from './sample-companies';
import { CULTURES, type Culture } from './sample-names';
import type { Random } from './sample-random';
import { LEADERS, TITLES } from './sample-texts';

const TOTAL_WEIGHT = CULTURES.reduce((sum, culture) => sum + culture.weight, 0);
const byCountry = new Map(CULTURES.map((culture) => [culture.country, culture]));

/** A culture drawn by its weight. */
export function drawCulture(random: Random): Culture {
  let left = random.next() * TOTAL_WEIGHT;
  for (const culture of CULTURES) {
    left -= culture.weight;
    if (left < 0) return culture;
  }
  return random.pick(CULTURES);
}

export function cultureOf(country: string): Culture {
  const culture = byCountry.get(country) ?? CULTURES[0];
  if (!culture) throw new Error('The sample knows no countries.');
  return culture;
}

/** A national phone number of the country, in Twenty's composite form. */
export function phones(random: Random, culture: Culture): Record<string, unknown> {
  const number = random.pick(culture.phones).replace(/#/g, () => random.digits(1));
  return {
    primaryPhoneNumber: number,
    primaryPhoneCountryCode: culture.country,
    primaryPhoneCallingCode: culture.callingCode,
    additionalPhones: [],
  };
}

/** `https://` link in Twenty's composite form. */
export function link(url: string, label = ''): Record<string, unknown> {
  return { primaryLinkUrl: url, primaryLinkLabel: label, secondaryLinks: [] };
}

export function domainOf(company: { name: string }): string {
  return `${slug(company.name.replace(/ Corp$/, ''))}.example`;
}

export interface PersonWish {
  id: string;
  company: { id: string; name: string; industry: SampleCompany['industry'] } | null;
  culture: Culture;
  /** First of the company: gets a leading title. */
  leads: boolean;
  first?: string;
  last?: string;
  title?: string;
}

/** One believable person; `seen` keeps e-mail addresses apart. Times are set by the caller. */
export function makePerson(random: Random, wish: PersonWish, seen: Set<string>): CrmRecord {
  const { culture, company } = wish;
  const first = wish.first ?? random.pick(culture.first);
  const last = wish.last ?? random.pick(culture.last);
  const mailbox = `${slug(first)}.${slug(last).replace(/-/g, '')}`;
  const domain = company ? domainOf(company) : random.pick(['post.example', 'inbox.example', 'mail.example']);
  let email = `${mailbox}@${domain}`;
  for (let n = 2; seen.has(email); n++) email = `${mailbox}${n}@${domain}`;
  seen.add(email);
  const titles = company ? TITLES[company.industry] : ['Consultant', 'Freelance Writer', 'Advisor', 'Photographer'];
  const [city] = random.pick(culture.cities);
  const handle = `${slug(first)}-${slug(last)}`;
  return {
    id: wish.id,
    name: { firstName: first, lastName: last },
    emails: {
      primaryEmail: email,
      additionalEmails: random.chance(0.12) ? [`${mailbox.charAt(0)}.${email.split('@')[0]}@inbox.example`] : [],
    },
    phones: random.chance(0.88)
      ? phones(random, culture)
      : { primaryPhoneNumber: '', primaryPhoneCountryCode: '', primaryPhoneCallingCode: '', additionalPhones: [] },
    linkedinLink: link(random.chance(0.7) ? `https://www.linkedin.com/in/${handle}` : ''),
    xLink: link(random.chance(0.25) ? `https://x.com/${handle.replace(/-/g, '')}` : ''),
    jobTitle: wish.title ?? (wish.leads ? random.pick(LEADERS) : random.pick(titles)),
    city,
    avatarUrl: '',
    companyId: company?.id ?? null,
  };
}
