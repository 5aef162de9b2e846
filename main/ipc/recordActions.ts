import { z } from 'zod';
import type { ListRequest } from '../../shared/app/lists';
import { type CrmRecord, Links } from '../../shared/crm';
import { TwigError } from '../../shared/errors';
import type { Connections } from '../connections/connections';
import { auditCsv, recordsCsv } from './csv';
import { asWebAddress, externalAddress, isLinkedIn } from './externalAddress';

type Ref = { object: string; id: string };
type ExportRequest = ListRequest & { columns: string[] };

/** What leaves Twig on a click: the clipboard, another program, a file. */
export interface Outside {
  copy(text: string): Promise<void>;
  open(address: string): Promise<void>;
  /** Asks where to save; null when the person changed their mind. */
  save(suggestedName: string, content: string): Promise<string | null>;
}

export interface RecordActions {
  copy(ref: Ref, what: 'email' | 'phone' | 'id' | 'address' | 'name', index: number): Promise<{ copied: string }>;
  open(ref: Ref, what: 'mail' | 'call' | 'linkedin' | 'x' | 'website' | 'twenty', index: number): Promise<void>;
  openLink(url: string): Promise<void>;
  exportRecords(request: ExportRequest): Promise<{ path: string | null }>;
  exportAudit(): Promise<{ path: string | null }>;
}

const PAGE = 500;

/** Actions on a record by reference: the value is read here, so that no window names an address. */
export function createRecordActions(connections: Connections, outside: Outside): RecordActions {
  const load = async (ref: Ref): Promise<CrmRecord> => {
    const record = await connections.active().record(ref);
    if (!record) throw new TwigError('notFound', 'This record is not in the local copy any more.');
    return record;
  };
  return {
    async copy(ref, what, index) {
      const copied = what === 'id' ? ref.id : textOf(await load(ref), what, index);
      if (!copied)
        throw new TwigError('notFound', `There is no ${what === 'email' ? 'e-mail address' : what} to copy.`);
      await outside.copy(copied);
      return { copied };
    },
    async open(ref, what, index) {
      if (what === 'twenty') return outside.open(twentyAddress(connections, ref));
      const address = addressOf(await load(ref), what, index);
      if (!address) throw new TwigError('notFound', 'There is no address to open here.');
      await outside.open(externalAddress(address));
    },
    openLink: (url) => outside.open(externalAddress(url)),
    async exportRecords(request) {
      const workspace = connections.active();
      const rows: CrmRecord[] = [];
      const labels: Record<string, string> = {};
      for (let offset = 0; ; offset += PAGE) {
        const page = await workspace.list({ ...request, offset, limit: PAGE });
        rows.push(...page.rows);
        Object.assign(labels, page.labels);
        if (page.rows.length < PAGE) break;
      }
      return { path: await outside.save(`${request.object}.csv`, recordsCsv(rows, request.columns, labels)) };
    },
    async exportAudit() {
      const workspace = connections.active();
      const entries = [];
      for (let offset = 0; ; offset += PAGE) {
        const page = await workspace.audit(offset, PAGE);
        entries.push(...page.entries);
        if (page.entries.length < PAGE) break;
      }
      return { path: await outside.save('twig-audit.csv', auditCsv(entries)) };
    },
  };
}

/** Lenient views of the composites; a wrong shape reads as empty. */
const EmailsOf = z.object({ primaryEmail: z.string().nullish(), additionalEmails: z.array(z.string()).nullish() });
const PhonesOf = z.object({
  primaryPhoneNumber: z.string().nullish(),
  primaryPhoneCallingCode: z.string().nullish(),
  additionalPhones: z.array(z.object({ number: z.string().nullish(), callingCode: z.string().nullish() })).nullish(),
});
const NameOf = z.union([z.string(), z.object({ firstName: z.string().nullish(), lastName: z.string().nullish() })]);
const AddressOf = z.record(z.string(), z.unknown());

function emails(record: CrmRecord): string[] {
  const parsed = EmailsOf.safeParse(record.emails);
  if (!parsed.success) return [];
  return [parsed.data.primaryEmail, ...(parsed.data.additionalEmails ?? [])].filter((one): one is string =>
    Boolean(one),
  );
}

/** Phone numbers with their calling code, ready for `tel:`. */
function phones(record: CrmRecord): string[] {
  const parsed = PhonesOf.safeParse(record.phones);
  if (!parsed.success) return [];
  const all = [
    { number: parsed.data.primaryPhoneNumber, callingCode: parsed.data.primaryPhoneCallingCode },
    ...(parsed.data.additionalPhones ?? []),
  ];
  return all.flatMap(({ number, callingCode }) => {
    if (!number) return [];
    return [number.startsWith('+') || !callingCode ? number : `${callingCode} ${number}`];
  });
}

function textOf(record: CrmRecord, what: 'email' | 'phone' | 'address' | 'name', index: number): string {
  if (what === 'email') return emails(record)[index] ?? '';
  if (what === 'phone') return phones(record)[index] ?? '';
  if (what === 'name') {
    const name = NameOf.safeParse(record.name);
    if (!name.success) return '';
    return typeof name.data === 'string'
      ? name.data
      : [name.data.firstName, name.data.lastName].filter(Boolean).join(' ');
  }
  const address = AddressOf.safeParse(record.address);
  if (!address.success) return '';
  const order = [
    'addressStreet1',
    'addressStreet2',
    'addressPostcode',
    'addressCity',
    'addressState',
    'addressCountry',
  ];
  return order
    .map((key) => address.data[key])
    .filter((part) => typeof part === 'string' && part)
    .join(', ');
}

function addressOf(
  record: CrmRecord,
  what: 'mail' | 'call' | 'linkedin' | 'x' | 'website',
  index: number,
): string | null {
  if (what === 'mail')
    return emails(record)[index]
      ? `mailto:${encodeURIComponent(emails(record)[index] ?? '').replace('%40', '@')}`
      : null;
  if (what === 'call')
    return phones(record)[index] ? `tel:${(phones(record)[index] ?? '').replace(/[^+0-9]/g, '')}` : null;
  const field = what === 'linkedin' ? record.linkedinLink : what === 'x' ? record.xLink : record.domainName;
  const links = Links.safeParse(field);
  if (!links.success) return null;
  const urls = [links.data.primaryLinkUrl, ...(links.data.secondaryLinks ?? []).map((one) => one.url)];
  const address = asWebAddress(urls[index] ?? '');
  if (address && what === 'linkedin' && !isLinkedIn(address)) {
    throw new TwigError('refused', 'The LinkedIn field holds an address of another site, so Twig does not open it.');
  }
  return address;
}

/** The record's page in Twenty's web app. */
function twentyAddress(connections: Connections, ref: Ref): string {
  const connection = connections.connection(connections.active().connectionId);
  if (connection.kind === 'demo') throw new TwigError('refused', 'The demo workspace has no web app to open.');
  if (connection.kind === 'maton')
    throw new TwigError('refused', 'Maton does not tell the address of your Twenty, so its page cannot be opened.');
  return externalAddress(`${connection.origin}/object/${ref.object}/${ref.id}`, connection.origin);
}
