import { FORMATS, STAGES, STATUSES } from './schema-current';
import { altered, type FieldSpec, field, many, type ObjectSpec, object, one } from './schema-fields';

const EMPTY_LINKS = { primaryLinkUrl: "''", secondaryLinks: "'[]'", primaryLinkLabel: "''" };
const EMPTY_MONEY = { amountMicros: null, currencyCode: "''" };

/** Texts are never null on an old server. */
const text = (name: string, more: Parameters<typeof field>[2] = {}): FieldSpec =>
  field(name, 'TEXT', { nullable: false, defaultValue: "''", ...more });

function baseFields(): FieldSpec[] {
  return [
    field('id', 'UUID', { system: true, nullable: false, defaultValue: 'uuid' }),
    field('createdAt', 'DATE_TIME', { nullable: false, label: 'Creation date', defaultValue: 'now' }),
    field('updatedAt', 'DATE_TIME', { nullable: false, label: 'Last update', defaultValue: 'now' }),
    field('deletedAt', 'DATE_TIME'),
  ];
}

function recordFields(): FieldSpec[] {
  return [
    ...baseFields(),
    field('position', 'POSITION', { system: true, nullable: false, defaultValue: 0 }),
    field('createdBy', 'ACTOR', { nullable: false, defaultValue: { name: "''", source: "'MANUAL'" } }),
    field('searchVector', 'TS_VECTOR', { system: true }),
    ...unplayed('favorites', 'attachments', 'timelineActivities'),
  ];
}

const unplayed = (...names: string[]): FieldSpec[] =>
  names.map((name) => many(name, name.replace(/ies$/, 'y').replace(/s$/, ''), 'recordId'));

const targetFields = (owner: 'note' | 'task'): FieldSpec[] => [
  ...baseFields(),
  one(owner, owner),
  one('person', 'person'),
  one('company', 'company'),
  one('opportunity', 'opportunity'),
];

/** The stock objects of 0.41: `body`, `personId`, texts that are never null, no `updatedBy`. */
export const OLD_OBJECTS: readonly ObjectSpec[] = [
  object(
    'company',
    'companies',
    [
      ...recordFields(),
      text('name'),
      field('domainName', 'LINKS', {
        nullable: false,
        unique: true,
        label: 'Domain Name',
        defaultValue: EMPTY_LINKS,
      }),
      field('employees', 'NUMBER'),
      field('linkedinLink', 'LINKS', { label: 'Linkedin', defaultValue: EMPTY_LINKS }),
      field('xLink', 'LINKS', { label: 'X', defaultValue: EMPTY_LINKS }),
      field('annualRecurringRevenue', 'CURRENCY', { label: 'ARR', defaultValue: EMPTY_MONEY }),
      field('address', 'ADDRESS'),
      field('idealCustomerProfile', 'BOOLEAN', { nullable: false, label: 'ICP', defaultValue: false }),
      one('accountOwner', 'workspaceMember'),
      many('people', 'person', 'companyId'),
      many('opportunities', 'opportunity', 'companyId'),
      many('noteTargets', 'noteTarget', 'companyId', { label: 'Notes' }),
      many('taskTargets', 'taskTarget', 'companyId', { label: 'Tasks' }),
    ],
    { icon: 'IconBuildingSkyscraper' },
  ),
  object(
    'person',
    'people',
    [
      ...recordFields(),
      field('name', 'FULL_NAME', { defaultValue: { lastName: "''", firstName: "''" } }),
      field('emails', 'EMAILS', {
        nullable: false,
        unique: true,
        defaultValue: { primaryEmail: "''", additionalEmails: null },
      }),
      field('linkedinLink', 'LINKS', { label: 'Linkedin', defaultValue: EMPTY_LINKS }),
      field('xLink', 'LINKS', { label: 'X', defaultValue: EMPTY_LINKS }),
      text('jobTitle', { label: 'Job Title' }),
      field('phones', 'PHONES', { nullable: false }),
      text('city'),
      text('avatarUrl', { system: true, label: 'Avatar' }),
      one('company', 'company'),
      many('pointOfContactForOpportunities', 'opportunity', 'pointOfContactId', { label: 'Opportunities' }),
      many('noteTargets', 'noteTarget', 'personId', { label: 'Notes' }),
      many('taskTargets', 'taskTarget', 'personId', { label: 'Tasks' }),
      ...unplayed('calendarEventParticipants', 'messageParticipants'),
    ],
    { icon: 'IconUser' },
  ),
  object(
    'opportunity',
    'opportunities',
    [
      ...recordFields(),
      text('name'),
      field('amount', 'CURRENCY', { defaultValue: EMPTY_MONEY }),
      field('closeDate', 'DATE_TIME', { label: 'Close date' }),
      field('stage', 'SELECT', { nullable: false, defaultValue: "'NEW'", options: STAGES }),
      one('company', 'company'),
      one('pointOfContact', 'person'),
      many('noteTargets', 'noteTarget', 'opportunityId', { label: 'Notes' }),
      many('taskTargets', 'taskTarget', 'opportunityId', { label: 'Tasks' }),
    ],
    { icon: 'IconTargetArrow' },
  ),
  object(
    'note',
    'notes',
    [
      ...recordFields(),
      text('title'),
      field('body', 'RICH_TEXT', { label: 'Body' }),
      many('noteTargets', 'noteTarget', 'noteId', { label: 'Relations' }),
    ],
    { icon: 'IconNotes', labelField: 'title' },
  ),
  object(
    'task',
    'tasks',
    [
      ...recordFields(),
      text('title'),
      field('body', 'RICH_TEXT', { label: 'Body' }),
      field('dueAt', 'DATE_TIME', { label: 'Due Date' }),
      field('status', 'SELECT', { defaultValue: "'TODO'", options: STATUSES }),
      one('assignee', 'workspaceMember'),
      many('taskTargets', 'taskTarget', 'taskId', { label: 'Relations' }),
    ],
    { icon: 'IconCheckbox', labelField: 'title' },
  ),
  object('noteTarget', 'noteTargets', targetFields('note'), { system: true, searchable: false, labelField: 'id' }),
  object('taskTarget', 'taskTargets', targetFields('task'), { system: true, searchable: false, labelField: 'id' }),
  object(
    'workspaceMember',
    'workspaceMembers',
    [
      ...baseFields(),
      field('searchVector', 'TS_VECTOR', { system: true }),
      field('name', 'FULL_NAME', { nullable: false, defaultValue: { lastName: "''", firstName: "''" } }),
      field('colorScheme', 'TEXT', { nullable: false, defaultValue: "'System'" }),
      field('locale', 'TEXT', { nullable: false, defaultValue: "'en'" }),
      text('avatarUrl'),
      text('userEmail'),
      field('userId', 'UUID', { nullable: false }),
      field('timeZone', 'TEXT', { nullable: false, defaultValue: "'system'" }),
      field('dateFormat', 'SELECT', { nullable: false, defaultValue: "'SYSTEM'", options: FORMATS.date }),
      field('timeFormat', 'SELECT', { nullable: false, defaultValue: "'SYSTEM'", options: FORMATS.time }),
      many('accountOwnerForCompanies', 'company', 'accountOwnerId'),
      many('assignedTasks', 'task', 'assigneeId'),
      ...unplayed(
        'authoredAttachments',
        'auditLogs',
        'blocklist',
        'calendarEventParticipants',
        'connectedAccounts',
        'favorites',
        'messageParticipants',
        'timelineActivities',
      ),
    ],
    { system: true, icon: 'IconUserCircle' },
  ),
];

const BODY_V2 = [field('bodyV2', 'RICH_TEXT_V2', { label: 'Body' })];

/** 0.51: `body` and `bodyV2` side by side, everything else as before. */
export const MID_OBJECTS: readonly ObjectSpec[] = altered(OLD_OBJECTS, {
  note: { add: BODY_V2 },
  task: { add: BODY_V2 },
});
