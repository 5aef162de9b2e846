import { z } from 'zod';

/**
 * Records in the canonical form used everywhere inside Twig: the newest Twenty dialect
 * (`bodyV2`, `targetPersonId`). The wire translates older servers into it. Every field but `id`
 * is optional, unknown and custom fields are kept.
 */
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'not a UUID');
export const objectName = z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/, 'not an object name');
export const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/, 'not a field name');

const text = z.string().nullish();
const instant = z.string().nullish();

export const FullName = z.looseObject({ firstName: text, lastName: text });
export const Emails = z.looseObject({ primaryEmail: text, additionalEmails: z.array(z.string()).nullish() });
export const AdditionalPhone = z.looseObject({ number: text, countryCode: text, callingCode: text });
export const Phones = z.looseObject({
  primaryPhoneNumber: text,
  primaryPhoneCountryCode: text,
  primaryPhoneCallingCode: text,
  additionalPhones: z.array(AdditionalPhone).nullish(),
});
export const Links = z.looseObject({
  primaryLinkUrl: text,
  primaryLinkLabel: text,
  secondaryLinks: z.array(z.looseObject({ url: text, label: text })).nullish(),
});
export const Address = z.looseObject({
  addressStreet1: text,
  addressStreet2: text,
  addressCity: text,
  addressPostcode: text,
  addressState: text,
  addressCountry: text,
});
/** Money: integer micros (1 unit = 1,000,000) and an ISO 4217 code. */
export const Currency = z.looseObject({
  amountMicros: z.union([z.number(), z.string()]).nullish(),
  currencyCode: text,
});
/** `blocknote` is the editor's JSON text; `markdown` is what Twig shows and writes. */
export const RichText = z.looseObject({ markdown: text, blocknote: text });

/** Any record of any object: an id and whatever else the server sent. */
export const CrmRecord = z.looseObject({
  id: uuid,
  createdAt: instant,
  updatedAt: instant,
  deletedAt: instant,
});
export type CrmRecord = z.infer<typeof CrmRecord>;

export const Person = CrmRecord.extend({
  name: FullName.nullish(),
  emails: Emails.nullish(),
  phones: Phones.nullish(),
  linkedinLink: Links.nullish(),
  xLink: Links.nullish(),
  jobTitle: text,
  city: text,
  avatarUrl: text,
  companyId: uuid.nullish(),
});
export type Person = z.infer<typeof Person>;

export const Company = CrmRecord.extend({
  name: text,
  domainName: Links.nullish(),
  linkedinLink: Links.nullish(),
  xLink: Links.nullish(),
  address: Address.nullish(),
  employees: z.number().nullish(),
  accountOwnerId: uuid.nullish(),
});
export type Company = z.infer<typeof Company>;

export const Opportunity = CrmRecord.extend({
  name: text,
  stage: text,
  amount: Currency.nullish(),
  closeDate: instant,
  companyId: uuid.nullish(),
  pointOfContactId: uuid.nullish(),
});
export type Opportunity = z.infer<typeof Opportunity>;

export const Note = CrmRecord.extend({ title: text, bodyV2: RichText.nullish() });
export type Note = z.infer<typeof Note>;

export const Task = CrmRecord.extend({
  title: text,
  bodyV2: RichText.nullish(),
  status: text,
  dueAt: instant,
  assigneeId: uuid.nullish(),
});
export type Task = z.infer<typeof Task>;

/** One row links one note (or task) to one record. Custom objects use `target<Object>Id`. */
export const NoteTarget = CrmRecord.extend({
  noteId: uuid.nullish(),
  targetPersonId: uuid.nullish(),
  targetCompanyId: uuid.nullish(),
  targetOpportunityId: uuid.nullish(),
});
export type NoteTarget = z.infer<typeof NoteTarget>;
export const TaskTarget = CrmRecord.extend({
  taskId: uuid.nullish(),
  targetPersonId: uuid.nullish(),
  targetCompanyId: uuid.nullish(),
  targetOpportunityId: uuid.nullish(),
});
export type TaskTarget = z.infer<typeof TaskTarget>;

export const Member = CrmRecord.extend({
  name: FullName.nullish(),
  userEmail: text,
  avatarUrl: text,
  timeZone: text,
});
export type Member = z.infer<typeof Member>;
