import type { z } from 'zod';
import type { Card } from '../../shared/app/contacts';
import { Company, type CrmRecord, type Links, Person, phonesOf, viewPhone } from '../../shared/crm';

export type CopyWhat = 'email' | 'phone' | 'address';
export type OpenWhat = 'mail' | 'call' | 'linkedin' | 'x' | 'website';

/** One line of the card: a value with what can be done with it. `index` counts several of a kind. */
export interface CardRow {
  key: string;
  /** The record's field it is a value of. */
  field: string;
  label: string;
  value: string;
  copy: CopyWhat | null;
  open: OpenWhat | null;
  index: number;
  /** Accelerators of the two actions, on the first row of a kind. */
  copyKeys?: string;
  openKeys?: string;
}

/** The rows of a person or company; empty fields have none. */
export function cardRows(card: Card): CardRow[] {
  if (card.object === 'person') return personRows(Person.safeParse(card.record).data);
  if (card.object === 'company') return companyRows(Company.safeParse(card.record).data);
  return [];
}

function personRows(person: Person | undefined): CardRow[] {
  if (!person) return [];
  return [
    ...emailRows(person),
    ...phoneRows(person),
    ...linkRow('linkedinLink', 'LinkedIn', 'linkedin', person.linkedinLink, 'CommandOrControl+L'),
    ...linkRow('xLink', 'X', 'x', person.xLink),
    ...textRow('city', 'City', person.city),
  ];
}

function companyRows(company: Company | undefined): CardRow[] {
  if (!company) return [];
  const { address } = company;
  const street = [address?.addressStreet1, address?.addressStreet2];
  const town = [address?.addressPostcode, address?.addressCity].filter(Boolean).join(' ');
  const lines = [...street, town, address?.addressState, address?.addressCountry].filter(Boolean).join(', ');
  return [
    ...linkRow('domainName', 'Website', 'website', company.domainName, 'CommandOrControl+L'),
    ...linkRow('linkedinLink', 'LinkedIn', 'linkedin', company.linkedinLink),
    ...linkRow('xLink', 'X', 'x', company.xLink),
    ...(lines === '' ? [] : [{ ...row('address', 'Address', lines), copy: 'address' as const }]),
    ...textRow(
      'employees',
      'Employees',
      company.employees == null ? null : new Intl.NumberFormat('en').format(company.employees),
    ),
  ];
}

function emailRows(person: Person): CardRow[] {
  const all = [person.emails?.primaryEmail, ...(person.emails?.additionalEmails ?? [])].filter(isText);
  return all.map((email, index) => ({
    key: `email-${index}`,
    field: 'emails',
    label: index === 0 ? 'Email' : '',
    value: email,
    copy: 'email',
    open: 'mail',
    index,
    ...(index === 0 ? { copyKeys: 'CommandOrControl+C', openKeys: 'CommandOrControl+E' } : {}),
  }));
}

function phoneRows(person: Person): CardRow[] {
  return phonesOf(person.phones).map((phone, index) => ({
    key: `phone-${index}`,
    field: 'phones',
    label: index === 0 ? 'Phone' : '',
    value: viewPhone(phone).display,
    copy: 'phone',
    open: 'call',
    index,
    ...(index === 0 ? { copyKeys: 'CommandOrControl+Shift+C', openKeys: 'CommandOrControl+P' } : {}),
  }));
}

function linkRow(
  field: string,
  label: string,
  open: OpenWhat,
  links: z.infer<typeof Links> | null | undefined,
  openKeys?: string,
): CardRow[] {
  const url = links?.primaryLinkUrl;
  if (!isText(url)) return [];
  return [{ ...row(field, label, shortAddress(url)), open, ...(openKeys ? { openKeys } : {}) }];
}

/** An address without scheme, "www." and a closing slash; LinkedIn profiles as "in/name". */
function shortAddress(url: string): string {
  const bare = url
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/\/+$/, '');
  return bare.replace(/^(?:[a-z]{2}\.)?linkedin\.com\//i, '');
}

function textRow(field: string, label: string, value: string | null | undefined): CardRow[] {
  return isText(value) ? [row(field, label, value)] : [];
}

function row(field: string, label: string, value: string): CardRow {
  return { key: label, field, label, value, copy: null, open: null, index: 0 };
}

function isText(value: string | null | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** True when the record is in the trash on the server. */
export function isDeleted(record: CrmRecord): boolean {
  return isText(record.deletedAt);
}
