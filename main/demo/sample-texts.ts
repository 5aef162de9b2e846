import type { Industry } from './sample-companies';

/** Job titles by seniority: the first rows lead a company, the rest fill it. */
export const LEADERS = ['CEO', 'CTO', 'CFO', 'COO', 'Chief of Staff', 'Managing Director', 'Founder'] as const;
export const TITLES: Readonly<Record<Industry, readonly string[]>> = {
  software: ['VP Engineering', 'Product Manager', 'Head of Data', 'Solutions Architect', 'Customer Success Lead'],
  media: ['Editor in Chief', 'Head of Audience', 'Producer', 'Rights Manager', 'Partnerships Director'],
  commerce: ['Head of E-Commerce', 'Category Manager', 'Brand Director', 'Store Operations Lead', 'Buyer'],
  agency: ['Creative Director', 'Account Director', 'Strategist', 'Art Director', 'Client Partner'],
  industry: ['Plant Manager', 'Head of Procurement', 'Operations Director', 'Quality Lead', 'Supply Chain Manager'],
  health: ['Medical Director', 'Head of Patient Services', 'Clinical IT Lead', 'Research Lead', 'Head of Nursing'],
  finance: ['Head of Risk', 'Portfolio Manager', 'Treasurer', 'Compliance Director', 'Relationship Manager'],
  nonprofit: ['Executive Director', 'Fundraising Lead', 'Programme Manager', 'Volunteer Coordinator', 'Grants Officer'],
};

/** What a deal is about, with a usual amount range in whole units of money. */
export const DEALS: readonly (readonly [string, number, number])[] = [
  ['Renewal', 24_000, 120_000],
  ['Platform rollout', 60_000, 320_000],
  ['Pilot', 4_000, 18_000],
  ['Expansion', 30_000, 160_000],
  ['Annual retainer', 36_000, 96_000],
  ['Onboarding package', 6_000, 22_000],
  ['Data migration', 12_000, 55_000],
  ['Support plan', 9_000, 40_000],
];

/** Notes as people write them: title and markdown body; `{first}`, `{company}` are filled in. */
export const NOTES: readonly (readonly [string, string])[] = [
  [
    'Call with {first} about the renewal',
    'Went through usage of the last quarter. {first} is happy with the rollout and wants:\n\n- a price for **two more seats**\n- the security questionnaire before the end of the month\n- one contact for support\n\nNext: send the offer.',
  ],
  [
    'First meeting: {company}',
    '{first} told us how they work today: three spreadsheets and a shared inbox.\n\n> “We lose about a day a week looking for who said what.”\n\nBudget is set in spring. Good fit.',
  ],
  [
    'Lunch with {first}',
    'Talked about the new office and the hiring plan. {first} will introduce us to the finance team.',
  ],
  [
    'Demo for the team at {company}',
    'Eight people in the room.\n\n1. Search was the favourite\n2. Questions about export and roles\n3. They want to try it with real data\n\nAsked for a pilot of four weeks.',
  ],
  [
    'Procurement steps at {company}',
    'What they need from us:\n\n- [x] Company profile\n- [x] Insurance certificate\n- [ ] Signed data processing agreement\n- [ ] Two references\n\nDecision in the second week of next month.',
  ],
  ['Met {first} at the trade fair', 'Short talk at the stand. Interested in the mobile app. Write next week.'],
  [
    'Feedback from {company}',
    'Three wishes, in this order: faster import, a calendar view, an invoice in their own currency. Passed on to product.',
  ],
  [
    'Pricing discussion',
    '{first} finds the yearly plan fair but needs it **split over two budgets**. Agreed to send two versions.',
  ],
  ['Kick-off with {company}', 'Agreed on goals, dates and who does what. Weekly call on Tuesdays, 30 minutes.'],
  [
    'Why {company} left their last supplier',
    'Slow answers and surprise fees. {first} values plain contracts. Keep ours on one page.',
  ],
];

/** Tasks: title and markdown body. */
export const TASKS: readonly (readonly [string, string])[] = [
  ['Send the offer to {first}', 'Two versions: monthly and yearly.'],
  ['Call {first} back', ''],
  ['Prepare the demo for {company}', 'Use their own product names in the sample data.'],
  ['Ask {first} for the purchase order', ''],
  ['Follow up with {company} on the pilot', 'Ask for numbers from the first two weeks.'],
  ['Send the data processing agreement to {company}', ''],
  ['Book a room for the workshop with {company}', 'Ten people, half a day.'],
  ['Check the invoice for {company}', 'They say the VAT number is missing.'],
  ['Introduce {first} to the support team', ''],
  ['Review the contract draft of {company}', 'Clause 7 and the notice period.'],
  ['Congratulate {first} on the new role', ''],
  ['Update the forecast for {company}', ''],
];

/** Fills `{first}` and `{company}`. */
export function fill(text: string, names: { first: string; company: string }): string {
  return text.replace(/\{first\}/g, names.first).replace(/\{company\}/g, names.company);
}
