import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../main/workspace/types';
import { ACME, bench, JANE, newId, seed, sent, synced } from './support/bench';
import { until } from './support/clock';
import { field, object, relation } from './support/metadata';
import { offline } from './support/server';

const DEAL = '33333333-3333-4333-8333-333333333333';
const STAGES = [
  { value: 'NEW', label: 'New', color: 'red', position: 0 },
  { value: 'PROPOSAL', label: 'Proposal', color: 'blue', position: 1 },
];

function rig() {
  const made = bench();
  seed(made.server);
  made.server.put('opportunity', { id: DEAL, name: 'Renewal', stage: 'NEW', pointOfContactId: JANE, companyId: ACME });
  made.server.objects = [
    object('person', 'people', [field('jobTitle', 'TEXT', { label: 'Job title' }), relation('company', 'company')]),
    object('opportunity', 'opportunities', [
      field('stage', 'SELECT', { options: STAGES }),
      field('amount', 'CURRENCY'),
      field('closeDate', 'DATE_TIME', { label: 'Close date' }),
      relation('pointOfContact', 'person'),
    ]),
    object('timelineActivity', 'timelineActivities', []),
  ];
  return made;
}

const changes = async (workspace: Workspace, id = JANE, name = 'person') =>
  ((await workspace.card({ object: name, id }, false))?.timeline ?? []).filter((item) => item.kind === 'change');

const activity = (about: Record<string, string>, name: string, more: Record<string, unknown> = {}) => ({
  id: newId(),
  createdAt: '2026-11-20T10:00:00.000Z',
  happensAt: '2026-11-20T10:00:00.000Z',
  name,
  diff: {},
  ...about,
  ...more,
});

async function started(made: ReturnType<typeof rig>): Promise<Workspace> {
  const workspace = await made.open();
  workspace.start();
  await synced(workspace);
  return workspace;
}

describe('changes made from here', () => {
  it('stand in the timeline of the record and of those the deal belongs to, before and after they are sent', async () => {
    const made = rig();
    const workspace = await started(made);
    made.server.down = offline();
    await workspace.update({ object: 'opportunity', id: DEAL }, { stage: 'PROPOSAL' }, {}, 'main');
    expect(await changes(workspace, DEAL, 'opportunity')).toMatchObject([
      { title: 'Stage: New → Proposal', body: '', pending: true, links: [] },
    ]);
    const [onPerson] = await changes(workspace);
    expect(onPerson).toMatchObject({
      object: 'opportunity',
      title: 'Stage: New → Proposal',
      links: [{ id: DEAL, label: 'Renewal' }],
    });
    expect(await changes(workspace, ACME, 'company')).toHaveLength(1);
    made.server.down = null;
    workspace.syncNow();
    await sent(workspace);
    expect(await changes(workspace)).toMatchObject([{ title: 'Stage: New → Proposal', pending: false }]);
    await workspace.close();
  });

  it('tell several fields as a list in which values mean themselves, and leave out what stayed', async () => {
    const made = rig();
    const workspace = await started(made);
    await workspace.update(
      { object: 'opportunity', id: DEAL },
      {
        stage: 'NEW',
        amount: { amountMicros: '2500000000', currencyCode: 'EUR' },
        closeDate: '2026-12-01',
        nextStep: '[ask](http://x) *now*',
        pointOfContactId: null,
      },
      {},
      'main',
    );
    const [item] = await changes(workspace, DEAL, 'opportunity');
    expect(item?.title).toBe('Amount, Close date, Next step, PointOfContact changed');
    expect(item?.body.split('\n')).toEqual([
      '- Amount: empty → €2,500',
      '- Close date: empty → 1 Dec 2026',
      '- Next step: empty → \\[ask\\](http://x) \\*now\\*',
      '- PointOfContact: Jane Smith → empty',
    ]);
    await workspace.close();
  });

  it('tell a deletion, a restore and what was taken back, but nothing that was withdrawn', async () => {
    const made = rig();
    const workspace = await started(made);
    const ref = { object: 'opportunity', id: DEAL };
    const moved = await workspace.update(ref, { stage: 'PROPOSAL' }, {}, 'main');
    await sent(workspace);
    await workspace.outbox.undo(moved.entryId);
    await sent(workspace);
    await workspace.remove('opportunity', [DEAL], 'main');
    await sent(workspace);
    await workspace.restore('opportunity', [DEAL], 'main');
    await sent(workspace);
    made.server.down = offline();
    const never = await workspace.update(ref, { stage: 'PROPOSAL' }, {}, 'main');
    await workspace.outbox.discard(never.entryId);
    const titles = (await changes(workspace, DEAL, 'opportunity')).map((item) => item.title);
    expect(titles.sort()).toEqual(['Moved to Deleted', 'Restored', 'Stage: New → Proposal', 'Stage: Proposal → New']);
    await workspace.close();
  });

  it('page with everything else', async () => {
    const made = rig();
    const workspace = await started(made);
    for (let n = 0; n < 40; n += 1) {
      await workspace.update({ object: 'person', id: JANE }, { jobTitle: `Job ${n}` }, {}, 'main');
      await sent(workspace);
      made.clock.jump(1_000);
    }
    const card = await workspace.card({ object: 'person', id: JANE }, false);
    const last = card?.timeline.at(-1);
    expect(card?.timeline.some((item) => item.title === 'Job title: Job 38 → Job 39')).toBe(true);
    const more = await workspace.timeline({ object: 'person', id: JANE }, last?.at ?? null, 50);
    // Forty changes and the deal itself.
    expect(new Set([...(card?.timeline ?? []), ...more.items].map((item) => item.id)).size).toBe(41);
    await workspace.close();
  });
});

describe('what the server’s timeline tells', () => {
  it('is read when a record is opened, in words, without holding the card back', async () => {
    const made = rig();
    const member = newId();
    made.server.put('workspaceMember', { id: member, name: { firstName: 'Ann', lastName: 'Lee' } });
    made.server.timeline = [
      activity({ targetOpportunityId: DEAL, workspaceMemberId: member }, 'opportunity.updated', {
        diff: { stage: { before: 'NEW', after: 'PROPOSAL' }, position: { before: 1, after: -4 } },
      }),
      activity({ targetPersonId: JANE }, 'person.created'),
      activity({ targetPersonId: JANE }, 'linked-note.created', { linkedRecordCachedName: 'A note' }),
      activity({ targetPersonId: JANE }, 'message.linked', { linkedRecordCachedName: 'Re: offer' }),
      activity({ targetPersonId: JANE }, 'something.else'),
    ];
    const workspace = await started(made);
    expect(await changes(workspace)).toEqual([]);
    const card = await workspace.card({ object: 'person', id: JANE }, true);
    expect(card?.title).toBe('Jane Smith');
    await until(async () => (await changes(workspace)).length > 0);
    expect((await changes(workspace)).map((item) => item.title).sort()).toEqual([
      'Created',
      'E-mail: Re: offer',
      'Stage: New → Proposal, by Ann Lee',
    ]);
    expect(made.changes).toContainEqual(
      expect.objectContaining({ object: 'person', ids: expect.arrayContaining([JANE]) }),
    );
    await workspace.close();
  });

  it('and what was changed from here is told once', async () => {
    const made = rig();
    const workspace = await started(made);
    await workspace.update({ object: 'person', id: JANE }, { jobTitle: 'CEO' }, {}, 'main');
    await sent(workspace);
    made.server.timeline = [
      activity({ targetPersonId: JANE }, 'person.updated', { diff: { jobTitle: { before: 'CTO', after: 'CEO' } } }),
    ];
    await workspace.card({ object: 'person', id: JANE }, true);
    await until(async () => (await changes(workspace))[0]?.at === '2026-11-20T10:00:00.000Z');
    expect(await changes(workspace)).toHaveLength(1);
    await workspace.close();
  });

  it('is not asked for while the allowance is short, or again at once', async () => {
    const made = rig();
    const workspace = await started(made);
    let asked = 0;
    made.server.activities = async () => {
      asked += 1;
      return [];
    };
    made.server.budget = () => ({ perMinute: 100, available: 39, pausedUntil: null });
    await workspace.card({ object: 'person', id: JANE }, true);
    await workspace.card({ object: 'person', id: JANE }, true);
    expect(asked).toBe(0);
    made.server.budget = () => ({ perMinute: 100, available: 100, pausedUntil: null });
    await workspace.card({ object: 'person', id: JANE }, true);
    await until(() => asked === 1);
    await workspace.card({ object: 'person', id: JANE }, true);
    await workspace.card({ object: 'person', id: JANE }, false);
    expect(asked).toBe(1);
    await workspace.close();
  });
});
