import { type FieldSpec, field, many, type ObjectSpec, object, one, options } from './schema-fields';

const ACTOR_DEFAULT = { name: "'System'", source: "'MANUAL'", workspaceMemberId: null };

/** The fields that every object of a current server has. */
export function systemFields(): FieldSpec[] {
  const system = { system: true, nullable: false };
  return [
    field('id', 'UUID', { ...system, defaultValue: 'uuid' }),
    field('createdAt', 'DATE_TIME', { ...system, label: 'Creation date', defaultValue: 'now' }),
    field('updatedAt', 'DATE_TIME', { ...system, label: 'Last update', defaultValue: 'now' }),
    field('deletedAt', 'DATE_TIME', { system: true }),
    field('position', 'POSITION', { ...system, defaultValue: 0 }),
    field('createdBy', 'ACTOR', { ...system, defaultValue: ACTOR_DEFAULT }),
    field('updatedBy', 'ACTOR', { ...system, defaultValue: ACTOR_DEFAULT }),
    field('searchVector', 'TS_VECTOR', { system: true }),
  ];
}

/** Lists that embed nothing here: files, mails, events and the timeline are not played. */
const unplayed = (...names: string[]): FieldSpec[] =>
  names.map((name) => many(name, name.replace(/ies$/, 'y').replace(/s$/, ''), 'recordId'));

export const STAGES = options('NEW:red', 'SCREENING:purple', 'MEETING:sky', 'PROPOSAL:turquoise', 'CUSTOMER:yellow');
export const STATUSES = options('TODO:sky:To do', 'IN_PROGRESS:purple', 'DONE:green');
export const FORMATS = {
  date: options('SYSTEM:turquoise', 'MONTH_FIRST:red', 'DAY_FIRST:purple', 'YEAR_FIRST:sky'),
  time: options('SYSTEM:sky', 'HOUR_24:red:24HRS', 'HOUR_12:purple:12HRS'),
  number: options(
    'SYSTEM:turquoise',
    'COMMAS_AND_DOT:blue',
    'SPACES_AND_COMMA:green',
    'DOTS_AND_COMMA:orange',
    'APOSTROPHE_AND_DOT:purple',
  ),
};

function targetFields(owner: 'note' | 'task'): FieldSpec[] {
  const target = { onDelete: 'CASCADE', morph: true } as const;
  return [
    ...systemFields(),
    one(owner, owner, { onDelete: 'CASCADE' }),
    one('targetPerson', 'person', target),
    one('targetCompany', 'company', target),
    one('targetOpportunity', 'opportunity', target),
  ];
}

/** The stock objects of 2.19. */
export const CURRENT_OBJECTS: readonly ObjectSpec[] = [
  object(
    'company',
    'companies',
    [
      ...systemFields(),
      field('name', 'TEXT'),
      field('domainName', 'LINKS', { unique: true, label: 'Domain Name' }),
      field('address', 'ADDRESS'),
      field('linkedinLink', 'LINKS', { label: 'Linkedin' }),
      field('annualRevenue', 'CURRENCY'),
      one('accountOwner', 'workspaceMember'),
      many('people', 'person', 'companyId'),
      many('opportunities', 'opportunity', 'companyId'),
      many('noteTargets', 'noteTarget', 'targetCompanyId', { label: 'Notes' }),
      many('taskTargets', 'taskTarget', 'targetCompanyId', { label: 'Tasks' }),
      ...unplayed('attachments', 'timelineActivities'),
    ],
    { icon: 'IconBuildingSkyscraper', duplicateCriteria: [['name'], ['domainName.primaryLinkUrl']] },
  ),
  object(
    'person',
    'people',
    [
      ...systemFields(),
      field('name', 'FULL_NAME'),
      field('emails', 'EMAILS', { unique: true }),
      field('linkedinLink', 'LINKS', { label: 'Linkedin' }),
      field('jobTitle', 'TEXT', { label: 'Job Title' }),
      field('phones', 'PHONES'),
      field('avatarUrl', 'TEXT', { system: true, label: 'Avatar' }),
      field('avatarFile', 'FILES', { system: true }),
      one('company', 'company'),
      many('pointOfContactForOpportunities', 'opportunity', 'pointOfContactId', { label: 'Opportunities' }),
      many('noteTargets', 'noteTarget', 'targetPersonId', { label: 'Notes' }),
      many('taskTargets', 'taskTarget', 'targetPersonId', { label: 'Tasks' }),
      ...unplayed(
        'attachments',
        'calendarEventParticipants',
        'listMemberships',
        'messageParticipants',
        'timelineActivities',
      ),
    ],
    {
      icon: 'IconUser',
      duplicateCriteria: [
        ['name.firstName', 'name.lastName'],
        ['linkedinLink.primaryLinkUrl'],
        ['emails.primaryEmail'],
      ],
    },
  ),
  object(
    'opportunity',
    'opportunities',
    [
      ...systemFields(),
      field('name', 'TEXT'),
      field('amount', 'CURRENCY'),
      field('closeDate', 'DATE_TIME', { label: 'Close date' }),
      field('stage', 'SELECT', { nullable: false, defaultValue: "'NEW'", options: STAGES }),
      one('company', 'company'),
      one('pointOfContact', 'person'),
      one('owner', 'workspaceMember'),
      many('noteTargets', 'noteTarget', 'targetOpportunityId', { label: 'Notes' }),
      many('taskTargets', 'taskTarget', 'targetOpportunityId', { label: 'Tasks' }),
      ...unplayed('attachments', 'timelineActivities'),
    ],
    { icon: 'IconTargetArrow' },
  ),
  object(
    'note',
    'notes',
    [
      ...systemFields(),
      field('title', 'TEXT'),
      field('bodyV2', 'RICH_TEXT', { label: 'Body' }),
      many('noteTargets', 'noteTarget', 'noteId', { label: 'Relations' }),
      ...unplayed('attachments', 'timelineActivities'),
    ],
    { icon: 'IconNotes', labelField: 'title' },
  ),
  object(
    'task',
    'tasks',
    [
      ...systemFields(),
      field('title', 'TEXT'),
      field('bodyV2', 'RICH_TEXT', { label: 'Body' }),
      field('dueAt', 'DATE_TIME', { label: 'Due Date' }),
      field('status', 'SELECT', { defaultValue: "'TODO'", options: STATUSES }),
      one('assignee', 'workspaceMember'),
      many('taskTargets', 'taskTarget', 'taskId', { label: 'Relations' }),
      ...unplayed('attachments', 'timelineActivities'),
    ],
    { icon: 'IconCheckbox', labelField: 'title' },
  ),
  object('noteTarget', 'noteTargets', targetFields('note'), { system: true, searchable: false, labelField: 'id' }),
  object('taskTarget', 'taskTargets', targetFields('task'), { system: true, searchable: false, labelField: 'id' }),
  object(
    'workspaceMember',
    'workspaceMembers',
    [
      ...systemFields(),
      field('name', 'FULL_NAME', { nullable: false }),
      field('userEmail', 'TEXT', { system: true, unique: true }),
      field('userId', 'UUID', { system: true }),
      field('avatarUrl', 'TEXT', { system: true }),
      field('colorScheme', 'TEXT', { system: true, nullable: false, defaultValue: "'System'" }),
      field('locale', 'TEXT', { system: true, nullable: false, defaultValue: "'en'" }),
      field('jobTitle', 'TEXT', { system: true }),
      field('calendarStartDay', 'NUMBER', { system: true, nullable: false, defaultValue: 7 }),
      field('timeZone', 'TEXT', { system: true, nullable: false, defaultValue: "'system'" }),
      field('dateFormat', 'SELECT', {
        system: true,
        nullable: false,
        defaultValue: "'SYSTEM'",
        options: FORMATS.date,
      }),
      field('timeFormat', 'SELECT', {
        system: true,
        nullable: false,
        defaultValue: "'SYSTEM'",
        options: FORMATS.time,
      }),
      field('numberFormat', 'SELECT', {
        system: true,
        nullable: false,
        defaultValue: "'SYSTEM'",
        options: FORMATS.number,
      }),
      many('accountOwnerForCompanies', 'company', 'accountOwnerId'),
      many('ownedOpportunities', 'opportunity', 'ownerId'),
      many('assignedTasks', 'task', 'assigneeId'),
      ...unplayed('blocklist', 'calendarEventParticipants', 'messageParticipants', 'timelineActivities'),
    ],
    { system: true, icon: 'IconUserCircle' },
  ),
];
