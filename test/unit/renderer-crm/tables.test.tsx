// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CommandName } from '../../../shared/contract';
import { id, type installBridge } from '../renderer/bridge-double';
import { bridge, open, user } from './window';

describe('a table', () => {
  const list = (changes: Parameters<typeof open>[1] = {}, answers: Parameters<typeof installBridge>[0] = {}) =>
    open(async () => {
      for (const [name, answer] of Object.entries(answers)) bridge.answer(name as CommandName, answer);
      const { RecordList } = await import('../../../renderer/lists/RecordList');
      return <RecordList object="person" />;
    }, changes);
  const grid = () => screen.findByRole('grid', { name: 'People' });
  const active = () => {
    const cell = document.getElementById(screen.getByRole('grid').getAttribute('aria-activedescendant') ?? '');
    return cell?.textContent ?? null;
  };

  it('is a grid with counts, moved through by keys', async () => {
    await list();
    const table = await grid();
    await screen.findByText('Jane Smith');
    expect(table.getAttribute('aria-rowcount')).toBe('41');
    table.focus();
    await waitFor(() => expect(active()).toContain('Jane Smith'));
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(active()).toContain('Person2'));
    await user.keyboard('{ArrowUp}{ArrowRight}');
    await waitFor(() => expect(active()).toBe('Acme Corp'));
  });

  it('sorts by its headers and tells so', async () => {
    await list();
    await grid();
    await user.click(await screen.findByRole('button', { name: 'Job title' }));
    await waitFor(() =>
      expect(bridge.inputs('records.list').at(-1)).toMatchObject({ sort: [{ field: 'jobTitle', descending: false }] }),
    );
    expect(screen.getByRole('columnheader', { name: 'Job title' }).getAttribute('aria-sort')).toBe('ascending');
  });

  it('deletes what was chosen only after asking with count and names', async () => {
    await list();
    const table = await grid();
    await screen.findByText('Jane Smith');
    table.focus();
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(await screen.findByText('3 people chosen')).toBeTruthy();
    await user.keyboard('{Delete}');
    const question = await screen.findByRole('alertdialog', { name: 'Delete 3 people?' });
    expect(within(question).getByText('Jane Smith')).toBeTruthy();
    expect(bridge.inputs('records.delete')).toEqual([]);
    await user.click(within(question).getByRole('button', { name: 'Delete 3' }));
    await waitFor(() =>
      expect(bridge.inputs('records.delete')).toEqual([{ object: 'person', ids: [id(1), id(2), id(3)] }]),
    );
    expect(await screen.findByText('3 people moved to Deleted')).toBeTruthy();
  });

  it('filters by the workspace’s own fields', async () => {
    await list();
    await grid();
    await user.click(await screen.findByRole('button', { name: 'Filter' }));
    await user.click(screen.getByRole('combobox', { name: 'Field of condition 1' }));
    await user.click(await screen.findByRole('option', { name: 'Score' }));
    await user.click(screen.getByRole('combobox', { name: 'Comparison of condition 1' }));
    await user.click(await screen.findByRole('option', { name: 'is at least' }));
    await user.type(screen.getByRole('textbox', { name: 'Score to compare with' }), '7');
    await waitFor(() =>
      expect(bridge.inputs('records.list').at(-1)).toMatchObject({
        filter: { match: 'all', conditions: [{ field: 'score', op: 'gte', value: 7 }] },
      }),
    );
  });

  it('saves the columns, the filter and the order as a view', async () => {
    await list();
    await grid();
    await user.click(await screen.findByRole('button', { name: 'Job title' }));
    await user.click(screen.getByRole('button', { name: 'Views' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Save as a view…' }));
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'By job{Enter}');
    await waitFor(() =>
      expect(bridge.inputs('views.save')).toMatchObject([
        { object: 'person', name: 'By job', sort: [{ field: 'jobTitle', descending: false }], filter: null },
      ]),
    );
  });

  it('is laid out as it was last, and keeps what is changed', async () => {
    const layout = {
      columns: ['name', 'gone', 'jobTitle'],
      sort: [{ field: 'jobTitle', descending: true }],
      widths: {},
    };
    await list({}, { 'lists.layout': () => layout });
    await grid();
    expect(screen.getAllByRole('columnheader').map((one) => one.textContent)).toEqual(['Chosen', 'Name', 'Job title']);
    expect(bridge.inputs('records.list')[0]).toMatchObject({ sort: [{ field: 'jobTitle', descending: true }] });
    screen.getByRole('separator', { name: 'Width of Job title' }).focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    await user.click(screen.getByRole('button', { name: 'Job title' }));
    await waitFor(() =>
      expect(bridge.inputs('lists.keepLayout').at(-1)).toEqual({
        object: 'person',
        columns: ['name', 'jobTitle'],
        sort: [],
        widths: { jobTitle: 12 },
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Columns' }));
    await user.click(await screen.findByRole('button', { name: 'Reset columns and widths' }));
    await waitFor(() => expect(bridge.inputs('lists.keepLayout').at(-1)).toMatchObject({ columns: null, widths: {} }));
  });

  it('keeps the columns of a saved view apart from its own', async () => {
    const view = { id: id(5), object: 'person', name: 'By job', columns: ['name'], filter: null, sort: [] };
    await list(
      {},
      { 'views.list': () => [view], 'lists.layout': () => ({ columns: ['name', 'jobTitle'], sort: [], widths: {} }) },
    );
    await grid();
    const choose = async (name: string) => {
      await user.click(screen.getByRole('button', { name: /^(Views|By job)$/ }));
      await user.click(await screen.findByRole('menuitem', { name }));
    };
    await choose('By job');
    await waitFor(() => expect(screen.getAllByRole('columnheader')).toHaveLength(2));
    await choose('All people');
    await waitFor(() => expect(screen.getAllByRole('columnheader')).toHaveLength(3));
    expect(
      bridge.inputs('lists.keepLayout').every((input) => (input as { columns: unknown[] }).columns.length === 2),
    ).toBe(true);
  });

  it('offers nothing to write where that is not allowed, and says why', async () => {
    await list({ readOnly: true });
    await grid();
    expect(await screen.findByText(/read-only in Twig/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'New person' })).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('says why there is nothing and what to do', async () => {
    await list();
    bridge.answer('records.list', () => ({ total: 0, rows: [], labels: {}, pending: [] }));
    await user.type(await screen.findByRole('searchbox', { name: 'Search people' }), 'zzz');
    expect(await screen.findByRole('heading', { name: 'Nothing found' })).toBeTruthy();
    bridge.answer('records.list', () => {
      throw { kind: 'corrupt', message: 'The copy could not be read.', field: null, retryAt: null };
    });
    await user.type(screen.getByRole('searchbox', { name: 'Search people' }), 'z');
    expect(await screen.findByText('The copy could not be read.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

it('restores from Deleted after asking', async () => {
  await open(async () => {
    const { DeletedView } = await import('../../../renderer/deleted/DeletedView');
    return <DeletedView />;
  });
  await user.click(await screen.findByRole('checkbox', { name: 'Choose Jane Smith' }));
  await user.click(screen.getByRole('button', { name: 'Restore…' }));
  const question = await screen.findByRole('alertdialog', { name: 'Restore 1 person?' });
  await user.click(within(question).getByRole('button', { name: 'Restore' }));
  await waitFor(() => expect(bridge.inputs('records.restore')).toEqual([{ object: 'person', ids: [id(1)] }]));
  expect(bridge.inputs('records.list')).toContainEqual(expect.objectContaining({ deleted: true }));
});

it('lists what was written with before and after', async () => {
  await open(async () => {
    const { AuditView } = await import('../../../renderer/audit/AuditView');
    return <AuditView />;
  });
  bridge.answer('audit.list', () => ({
    total: 1,
    entries: [
      {
        id: id(1),
        at: 0,
        window: 'main',
        action: 'update',
        object: 'person',
        recordId: id(1),
        title: 'Jane Smith',
        before: { jobTitle: 'CTO' },
        after: { jobTitle: 'Chief' },
        outcome: 'sent',
      },
    ],
  }));
  bridge.emit('outbox.changed', { connectionId: 'acme' });
  await user.click(await screen.findByRole('button', { name: 'Show the values of Jane Smith' }));
  expect(screen.getByText('CTO').closest('del')).toBeTruthy();
  expect(screen.getByText('Chief').closest('ins')).toBeTruthy();
  expect(screen.getByText('from the main window', { exact: false })).toBeTruthy();
});
