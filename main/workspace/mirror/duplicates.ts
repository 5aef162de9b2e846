import type { CrmRecord } from '../../../shared/crm';
import { fullName } from '../../../shared/crm/names';
import { emailsOf, fold, phonesOf, subtitleOf, text, websiteOf } from './labels';
import type { RecordStore } from './store';

export interface Duplicate {
  id: string;
  title: string;
  subtitle: string;
  /** What is the same, as a person would say it. */
  why: string;
}

const MOST_SHOWN = 10;
const COMPANY_ENDINGS = /\b(inc|llc|ltd|limited|gmbh|ag|sa|sas|sarl|bv|nv|oy|ab|co|corp|corporation|company|plc)\b\.?/g;

/** A company's name without its legal form and punctuation. */
function bareName(object: string, title: string): string {
  const folded = fold(title).replace(/[.,]/g, ' ');
  const bare = object === 'company' ? folded.replace(COMPANY_ENDINGS, ' ') : folded;
  return bare.replace(/\s+/g, ' ').trim();
}

/** True when one insertion, deletion, exchange or swap of neighbours makes the two equal. */
export function oneEditApart(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  if (short.slice(start + 1) === long.slice(start + 1)) return true;
  return (
    short[start] === long[start + 1] &&
    short[start + 1] === long[start] &&
    short.slice(start + 2) === long.slice(start + 2)
  );
}

/**
 * Records in the copy that a new person or company would repeat: same address, domain, phone or name,
 * or that the server finds alike (`told`, ids).
 */
export function duplicatesOf(
  store: RecordStore,
  object: string,
  values: Record<string, unknown>,
  told: readonly string[],
): Duplicate[] {
  const wanted: CrmRecord = { ...values, id: typeof values.id === 'string' ? values.id : '' };
  const emails = new Set(emailsOf(wanted).map((email) => email.toLowerCase()));
  const phones = new Set(
    phonesOf(wanted)
      .map(digits)
      .filter((phone) => phone.length >= 7),
  );
  const domain = websiteOf(wanted);
  const name = bareName(object, fullName(wanted.name));
  const found = new Map<string, Duplicate>();
  const consider = (record: CrmRecord, title: string, otherwise: string | null = null): void => {
    if (record.id === wanted.id || found.has(record.id)) return;
    const why = reason(record, title) ?? otherwise;
    if (why === null) return;
    const company = text(record.companyId) ? (store.title('company', text(record.companyId)) ?? '') : '';
    found.set(record.id, { id: record.id, title, subtitle: subtitleOf(object, record, company, ''), why });
  };
  const reason = (record: CrmRecord, title: string): string | null => {
    const email = emailsOf(record).find((one) => emails.has(one.toLowerCase()));
    if (email) return `Same e-mail address: ${email}`;
    if (domain && websiteOf(record) === domain) return `Same website: ${domain}`;
    if (phonesOf(record).some((phone) => phones.has(digits(phone)))) return 'Same phone number';
    const other = bareName(object, title);
    if (name && other === name) return 'Same name';
    if (name.length > 4 && oneEditApart(other, name)) return 'Very similar name';
    return null;
  };
  const parts = [...emails, ...phones, domain].filter(Boolean);
  for (const sought of parts) {
    const rows = store.db.all<{ data: string; title: string }>(
      'SELECT json(data) AS data, title FROM records WHERE object = ? AND deleted = 0 AND instr(hay, ?) > 0 LIMIT 50',
      object,
      fold(sought),
    );
    for (const row of rows) consider(JSON.parse(row.data) as CrmRecord, row.title);
  }
  if (name) {
    const near = store.db.tuples<[number, string]>(
      'SELECT n, title FROM records WHERE object = ? AND deleted = 0 AND length(title_key) BETWEEN ? AND ?',
      object,
      object === 'company' ? Math.max(1, name.length - 1) : name.length - 1,
      object === 'company' ? name.length + 20 : name.length + 1,
    );
    for (const [n, title] of near) {
      const other = bareName(object, title);
      if (other !== name && !(name.length > 4 && oneEditApart(other, name))) continue;
      const row = store.db.one<{ data: string }>('SELECT json(data) AS data FROM records WHERE n = ?', n);
      if (row) consider(JSON.parse(row.data) as CrmRecord, title);
      if (found.size >= MOST_SHOWN) break;
    }
  }
  for (const id of told) {
    const record = store.get(object, id);
    if (record !== null && !record.deletedAt) consider(record, store.labelOf(object, record), 'Twenty finds it alike');
  }
  return [...found.values()].slice(0, MOST_SHOWN);
}

function digits(phone: string): string {
  return phone.replace(/\D/g, '').replace(/^0+/, '');
}
