import { CURRENT_OBJECTS, systemFields } from './schema-current';
import { altered, type FieldSpec, field, many, type ObjectSpec, object, one, options } from './schema-fields';

const custom = { custom: true } as const;
const select = (name: string, ...values: string[]): FieldSpec =>
  field(name, 'SELECT', { ...custom, options: options(...values) });

const PROJECT_TARGET = [one('targetProject', 'project', { morph: true }, custom)];

/** A custom object, linked to companies and to notes and tasks as the server links its own. */
const PROJECT = object(
  'project',
  'projects',
  [
    ...systemFields(),
    field('name', 'TEXT'),
    field('status', 'SELECT', {
      ...custom,
      defaultValue: "'PLANNED'",
      options: options('PLANNED:gray', 'RUNNING:green', 'ON_HOLD:orange', 'FINISHED:blue'),
    }),
    field('startDate', 'DATE', custom),
    field('budget', 'CURRENCY', custom),
    field('tags', 'ARRAY', custom),
    one('company', 'company', {}, custom),
    many('noteTargets', 'noteTarget', 'targetProjectId', { label: 'Notes' }),
    many('taskTargets', 'taskTarget', 'targetProjectId', { label: 'Tasks' }),
  ],
  { custom: true, icon: 'IconBriefcase' },
);

const WITH_PROJECTS = {
  noteTarget: { add: PROJECT_TARGET },
  taskTarget: { add: PROJECT_TARGET },
};

/** The demo workspace: the stock objects of 2.19, `employees` as users add it, and one custom object. */
export const DEMO_OBJECTS: readonly ObjectSpec[] = [
  ...altered(CURRENT_OBJECTS, {
    ...WITH_PROJECTS,
    company: { add: [field('employees', 'NUMBER', custom), many('projects', 'project', 'companyId', custom)] },
    person: {
      add: [
        field('workPreference', 'MULTI_SELECT', {
          ...custom,
          options: options('ON_SITE:green:On-Site', 'HYBRID:turquoise', 'REMOTE_WORK:sky'),
        }),
        field('performanceRating', 'RATING', {
          ...custom,
          options: [1, 2, 3, 4, 5].map((stars) => ({
            value: `RATING_${stars}`,
            label: String(stars),
            color: 'gray',
            position: stars - 1,
          })),
        }),
      ],
    },
  }),
  PROJECT,
];

/** A self-hosted workspace with its own stages, selects, `city` and `xLink`. */
export const A_OBJECTS: readonly ObjectSpec[] = [
  ...altered(CURRENT_OBJECTS, {
    ...WITH_PROJECTS,
    person: { add: [field('city', 'TEXT', custom), field('xLink', 'LINKS', { ...custom, label: 'X' })] },
    company: {
      add: [
        field('employees', 'NUMBER', custom),
        field('xLink', 'LINKS', { ...custom, label: 'X' }),
        select(
          'companyIndustry',
          'MEDIA_ENTERTAINMENT:purple',
          'ADVERTISING:pink',
          'ECOMMERCE:orange',
          'SAAS_TECH:blue',
          'AGENCY:turquoise',
          'CREATOR:yellow',
          'NONPROFIT:green',
          'OTHER:gray',
        ),
        select(
          'companySizeRange',
          'SIZE_1_10:gray:1-10',
          'SIZE_11_50:sky:11-50',
          'SIZE_51_200:blue:51-200',
          'SIZE_201_1000:purple:201-1000',
          'SIZE_1000_PLUS:red:1000+',
        ),
        select('aiMaturity', 'NONE:gray', 'EXPERIMENTING:yellow', 'ACTIVE_USER:sky', 'AI_NATIVE:green'),
        many('projects', 'project', 'companyId', custom),
      ],
    },
    opportunity: {
      add: [
        field('stage', 'SELECT', {
          nullable: false,
          defaultValue: "'LEAD'",
          options: options(
            'LEAD:gray',
            'PROSPECT:blue',
            'DISCOVERY:sky',
            'PROPOSAL:yellow',
            'WON:green',
            'ACTIVE:purple',
            'RETAINER:orange',
            'DONE:turquoise',
            'LOST:red',
          ),
        }),
        select('leadSource', 'REFERRAL', 'INBOUND', 'OUTBOUND', 'EVENT', 'PARTNER', 'SOCIAL'),
        select('contractType', 'RETAINER:orange', 'PROJECT:blue', 'HYBRID:purple', 'TBD:gray:TBD'),
        select(
          'budgetRange',
          'UNDER_5K:gray:Under 5k',
          'RANGE_5_15K:sky:5-15k',
          'RANGE_15_50K:blue:15-50k',
          'OVER_50K:green:Over 50k',
          'UNKNOWN:gray',
        ),
        select('dealTimeline', 'IMMEDIATE:red', 'THIS_QUARTER:orange', 'NEXT_QUARTER:yellow', 'EXPLORING:gray'),
        select('lostReason', 'BUDGET', 'TIMING', 'COMPETITOR', 'NO_RESPONSE', 'BAD_FIT', 'INTERNAL_CHANGE'),
        field('useCase', 'TEXT', custom),
      ],
    },
  }),
  PROJECT,
];

/** A cloud workspace behind the gateway, with the stages its users describe. */
export const B_OBJECTS: readonly ObjectSpec[] = altered(CURRENT_OBJECTS, {
  company: { add: [field('employees', 'NUMBER', custom)] },
  opportunity: {
    add: [
      field('stage', 'SELECT', {
        nullable: false,
        defaultValue: "'SCREENING'",
        options: options(
          'SCREENING:purple',
          'MEETING:sky',
          'PROPOSAL:turquoise',
          'NEGOTIATION:orange',
          'WON:green',
          'LOST:red',
        ),
      }),
    ],
  },
});
