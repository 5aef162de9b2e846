/** The selects of a self-hosted workspace, as its users list them: value, then what it is called. */
export const SELECTS: Readonly<
  Record<'company' | 'opportunity', Readonly<Record<string, Readonly<Record<string, string>>>>>
> = {
  company: {
    companyIndustry: {
      MEDIA_ENTERTAINMENT: 'Media entertainment',
      ADVERTISING: 'Advertising',
      ECOMMERCE: 'Ecommerce',
      SAAS_TECH: 'Saas tech',
      AGENCY: 'Agency',
      CREATOR: 'Creator',
      NONPROFIT: 'Nonprofit',
      OTHER: 'Other',
    },
    companySizeRange: {
      SIZE_1_10: '1-10',
      SIZE_11_50: '11-50',
      SIZE_51_200: '51-200',
      SIZE_201_1000: '201-1000',
      SIZE_1000_PLUS: '1000+',
    },
    aiMaturity: { NONE: 'None', EXPERIMENTING: 'Experimenting', ACTIVE_USER: 'Active user', AI_NATIVE: 'Ai native' },
  },
  opportunity: {
    leadSource: {
      REFERRAL: 'Referral',
      INBOUND: 'Inbound',
      OUTBOUND: 'Outbound',
      EVENT: 'Event',
      PARTNER: 'Partner',
      SOCIAL: 'Social',
    },
    contractType: { RETAINER: 'Retainer', PROJECT: 'Project', HYBRID: 'Hybrid', TBD: 'TBD' },
    budgetRange: {
      UNDER_5K: 'Under 5k',
      RANGE_5_15K: '5-15k',
      RANGE_15_50K: '15-50k',
      OVER_50K: 'Over 50k',
      UNKNOWN: 'Unknown',
    },
    dealTimeline: {
      IMMEDIATE: 'Immediate',
      THIS_QUARTER: 'This quarter',
      NEXT_QUARTER: 'Next quarter',
      EXPLORING: 'Exploring',
    },
  },
};
export const STAGES = ['Lead', 'Prospect', 'Discovery', 'Proposal', 'Won', 'Active', 'Retainer', 'Done', 'Lost'];
export const LOST = ['Budget', 'Timing', 'Competitor', 'No response', 'Bad fit', 'Internal change'];

/** `companyIndustry` as its field is called. */
export const labelOf = (field: string) =>
  field
    .replace(/^./, (first) => first.toUpperCase())
    .replace(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);

interface Choice {
  field: string;
  value: string;
  label: string;
}

/** As few records as hold every option of every select. */
export function combinations(selects: Readonly<Record<string, Readonly<Record<string, string>>>>): Choice[][] {
  const most = Math.max(...Object.values(selects).map((options) => Object.keys(options).length));
  return Array.from({ length: most }, (_, index) =>
    Object.entries(selects).map(([field, options]) => {
      const all = Object.entries(options);
      const [value = '', label = ''] = all[index % all.length] ?? [];
      return { field, value, label };
    }),
  );
}

export const valuesOf = (choices: readonly Choice[]) =>
  Object.fromEntries(choices.map(({ field, value }) => [field, value]));
