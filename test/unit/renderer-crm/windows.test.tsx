// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CrmRecord } from '../../../shared/crm';
import { id } from '../renderer/bridge-double';
import { bridge, JANE, open, user } from './window';
import { PERSON } from './workspace';

describe('a record’s fields', () => {
  const fields = (object: string, record: CrmRecord, changes: Parameters<typeof open>[1] = {}) =>
    open(async () => {
      const { RecordFields } = await import('../../../renderer/fields/RecordFields');
      return <RecordFields object={object} record={record} title="Jane Smith" onOpen={() => undefined} />;
    }, changes);

  it('shows what is filled, names related records, and the rest on demand', async () => {
    await fields('person', JANE);
    expect(await screen.findByText('CTO')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Acme Corp' })).toBeTruthy();
    expect(screen.queryByText('Score')).toBeNull();
    await user.click(screen.getByRole('button', { name: /^All fields/ }));
    expect(screen.getByText('Score')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Edit Score' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Edit Created at' })).toBeNull();
  });

  it('edits in place by keyboard, on top of what was read, and says first what it will do', async () => {
    await fields('person', JANE);
    (await screen.findByRole('button', { name: 'Edit Job title' })).focus();
    await user.keyboard('{Enter}');
    expect(screen.getByText(/Changes Job title of Jane Smith \(person\) in Acme workspace/)).toBeTruthy();
    await user.keyboard('Chief{Enter}');
    await waitFor(() =>
      expect(bridge.inputs('records.update')).toEqual([
        { object: 'person', id: id(1), changes: { jobTitle: 'Chief' }, base: { jobTitle: 'CTO' } },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Job title' })).toBeNull());
  });

  it('says at the field what is wrong, and sends nothing', async () => {
    await fields('person', JANE);
    await user.click(await screen.findByRole('button', { name: 'Edit Emails' }));
    const input = screen.getByRole('textbox', { name: 'Emails' });
    await user.clear(input);
    await user.type(input, 'nonsense{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('“nonsense” is not an e-mail address.');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('textbox', { name: 'Emails' })).toBeNull();
    expect(bridge.inputs('records.update')).toEqual([]);
  });

  it('asks for the reason with a lost deal and sends both', async () => {
    await fields('opportunity', { id: id(60), name: 'Renewal', stage: 'LEAD' });
    await user.click(await screen.findByRole('button', { name: 'Edit Stage' }));
    await user.click(screen.getByRole('combobox', { name: 'Stage' }));
    await user.click(await screen.findByRole('option', { name: 'Lost' }));
    await user.click(await screen.findByRole('combobox', { name: 'Lost reason' }));
    await user.click(await screen.findByRole('option', { name: 'Timing' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(bridge.inputs('records.update')).toMatchObject([{ changes: { stage: 'LOST', lostReason: 'TIMING' } }]),
    );
  });

  it('offers no edit and says why, where the workspace is read-only or the key may not', async () => {
    await fields('person', JANE, { readOnly: true });
    expect(await screen.findByText(/read-only in Twig/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Edit/ })).toBeNull();
    cleanup();
    await fields('person', JANE, { objects: [{ ...PERSON, canWrite: false }] });
    expect(await screen.findByText(/Your key for Acme workspace may not change people/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Edit/ })).toBeNull();
  });

  it('warns before formatting is lost that markdown cannot carry', async () => {
    const { field, objectMeta } = await import('./workspace');
    const note = objectMeta(
      'note',
      'notes',
      [field('title', 'TEXT'), field('bodyV2', 'RICH_TEXT', { label: 'Body' })],
      {
        labelField: 'title',
      },
    );
    await fields(
      'note',
      { id: id(3), bodyV2: { markdown: 'Blue', blocknote: '[]', richOnly: true } },
      { objects: [note] },
    );
    await user.click(await screen.findByRole('button', { name: 'Edit Body' }));
    expect(screen.getByText(/replaces it by plain markdown/)).toBeTruthy();
  });
});

describe('a form', () => {
  const onClose = vi.fn();
  const onOpen = vi.fn();
  const form = (record: CrmRecord | null) =>
    open(async () => {
      const { RecordForm } = await import('../../../renderer/forms/RecordForm');
      const title = record === null ? '' : 'Jane Smith';
      return <RecordForm object={PERSON} record={record} title={title} onClose={onClose} onOpen={onOpen} />;
    });
  beforeEach(() => {
    onClose.mockClear();
    onOpen.mockClear();
  });

  it('creates with what was filled in, by Ctrl+Enter', async () => {
    await form(null);
    await user.type(await screen.findByRole('textbox', { name: 'First name' }), 'Ada');
    await user.type(screen.getByRole('textbox', { name: 'Score' }), '7');
    expect(screen.getByText(/Creates a person in Acme workspace/)).toBeTruthy();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(bridge.inputs('records.create')).toEqual([
      { object: 'person', values: { name: { firstName: 'Ada', lastName: '' }, score: 7 } },
    ]);
  });

  it('shows who is there already, with the way to them, and creates anyway when asked again', async () => {
    await form(null);
    const twin = { id: id(8), title: 'Ada Meier', subtitle: 'COO', why: 'Same name' };
    bridge.answer('records.duplicates', () => [twin]);
    await user.type(await screen.findByRole('textbox', { name: 'First name' }), 'Ada');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    const found = await screen.findByRole('alert', { name: 'Possible duplicates' });
    expect(within(found).getByText('Same name')).toBeTruthy();
    expect(bridge.inputs('records.create')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Create anyway' }));
    await waitFor(() => expect(bridge.inputs('records.create')).toHaveLength(1));
    await user.click(within(found).getByRole('button', { name: /Open that one/ }));
    expect(onOpen).toHaveBeenCalledWith(id(8));
  });

  it('notices while typing who is there already, without taking the focus or stopping anything', async () => {
    await form(null);
    const twin = { id: id(8), title: 'Ada Meier', subtitle: 'COO', why: 'Same name' };
    bridge.answer('records.duplicates', ({ here }: { here: boolean }) => (here ? [twin] : []));
    const last = await screen.findByRole('textbox', { name: 'Last name' });
    await user.type(last, 'Meier');
    const found = await screen.findByRole('region', { name: 'Possible duplicates' });
    expect(within(found).getByText('Same name')).toBeTruthy();
    expect(document.activeElement).toBe(last);
    expect(screen.getByText('This may be here already: Ada Meier, same name.').getAttribute('role')).toBe('status');
    expect(bridge.inputs('records.duplicates')).toEqual([
      { object: 'person', values: { name: { firstName: '', lastName: 'Meier' } }, here: true },
    ]);
    await user.click(screen.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(bridge.inputs('records.create')).toHaveLength(1));
  });

  it('sends only what was changed, and nothing when nothing was', async () => {
    await form(JANE);
    expect((await screen.findByRole('button', { name: 'Save' })).hasAttribute('disabled')).toBe(true);
    const title = screen.getByRole('textbox', { name: 'Job title' });
    await user.clear(title);
    await user.type(title, 'Chief');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(bridge.inputs('records.update')).toEqual([
      { object: 'person', id: id(1), changes: { jobTitle: 'Chief' }, base: { jobTitle: 'CTO' } },
    ]);
  });

  it('asks before Esc loses what was typed', async () => {
    await form(JANE);
    await user.type(await screen.findByRole('textbox', { name: 'Job title' }), '!');
    await user.keyboard('{Escape}');
    const question = await screen.findByRole('alertdialog', { name: 'Leave without saving?' });
    expect(onClose).not.toHaveBeenCalled();
    await user.click(within(question).getByRole('button', { name: 'Discard' }));
    expect(onClose).toHaveBeenCalled();
  });

  it('will not make an empty record', async () => {
    await form(null);
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/at least one field/);
    expect(bridge.inputs('records.create')).toEqual([]);
  });
});
