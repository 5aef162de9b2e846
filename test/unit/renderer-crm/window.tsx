import { cleanup, configure, render, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { ConnectionView } from '../../../shared/app/connections';
import type { ListRequest } from '../../../shared/app/lists';
import type { CrmRecord, ObjectMeta } from '../../../shared/crm';
import { appState, type BridgeDouble, connection, id, installBridge } from '../renderer/bridge-double';
import { OPPORTUNITY, PERSON } from './workspace';

// A busy machine is no failure.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

export const JANE: CrmRecord = {
  id: id(1),
  name: { firstName: 'Jane', lastName: 'Smith' },
  emails: { primaryEmail: 'jane@acme.example', additionalEmails: [] },
  jobTitle: 'CTO',
  companyId: id(50),
};
export const PEOPLE: CrmRecord[] = [
  JANE,
  ...Array.from({ length: 39 }, (_, index) => ({
    id: id(index + 2),
    name: { firstName: `Person${index + 2}`, lastName: '' },
  })),
];
export const receipt = (message: string, recordId = id(1)) => ({
  entryId: id(700),
  object: 'person',
  recordId,
  at: 0,
  message,
});

export let bridge: BridgeDouble;
export let user: ReturnType<typeof userEvent.setup>;

/** Draws `page` in a window of a connected workspace. */
export async function open(
  page: () => Promise<ReactNode>,
  { objects = [PERSON, OPPORTUNITY], ...changes }: { objects?: ObjectMeta[] } & Partial<ConnectionView> = {},
): Promise<void> {
  vi.resetModules();
  bridge = installBridge({
    'app.state': () => appState({ connections: [connection(changes)] }),
    'metadata.objects': () => objects,
    'records.get': ({ id: wanted }: { id: string }) =>
      wanted === id(50) ? { id: wanted, name: 'Acme Corp' } : (PEOPLE.find((one) => one.id === wanted) ?? null),
    'records.list': ({ offset = 0, limit = 100 }: ListRequest) => ({
      total: PEOPLE.length,
      rows: PEOPLE.slice(offset, offset + limit),
      labels: { [id(50)]: 'Acme Corp' },
      pending: [],
    }),
    'records.duplicates': () => [],
    'records.create': () => receipt('Saved'),
    'records.update': () => receipt('Jane Smith changed'),
    'records.delete': ({ ids }: { ids: string[] }) => ids.map((one) => receipt('Moved to Deleted', one)),
    'records.restore': ({ ids }: { ids: string[] }) => ids.map((one) => receipt('Restored', one)),
    'views.list': () => [],
    'lists.layout': () => null,
    'lists.keepLayout': () => undefined,
    'contacts.card': () => null,
  });
  const app = await import('../../../renderer/app/state');
  const { Toasts } = await import('../../../renderer/ui/toast');
  app.followAppState();
  await waitFor(() => expect(app.useApp.getState().state).not.toBeNull());
  user = userEvent.setup();
  const content = await page();
  render(
    <>
      {content}
      <Toasts />
    </>,
  );
}

beforeEach(() => {
  // The test's page has no layout; a table needs a height to know which rows are in sight.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_000);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});
