import type { Conflict } from '../../../shared/app/outbox';
import type { CrmRecord } from '../../../shared/crm';
import { isTwigError, TwigError } from '../../../shared/errors';
import type { TwentyClient } from '../../twenty/types';
import type { Step } from './entry';
import { mergeEdit } from './same';

/** What became of one step: the record as the server has it now, or what has to be decided first. */
export type Outcome =
  | { conflicts: Conflict[] }
  | { conflicts: null; record: CrmRecord | null; trashed: 'yes' | 'no' | 'unchanged' };

const LANE = { lane: 'capture' } as const;

/**
 * Sends one step. Safe to repeat: after an unclear failure (`unclear`) the record is read before
 * it is made again, and an edit always compares with what the server has. Throws TwigErrors.
 */
export async function performStep(
  client: TwentyClient,
  step: Step,
  unclear: boolean,
  signal: AbortSignal,
): Promise<Outcome> {
  const options = { ...LANE, signal };
  switch (step.op) {
    case 'create': {
      const arrived = unclear ? await client.get(step.object, step.id, options) : null;
      const record = arrived ?? (await client.create(step.object, { ...step.values, id: step.id }, options));
      return { conflicts: null, record, trashed: 'no' };
    }
    case 'update': {
      const theirs = await client.get(step.object, step.id, options);
      if (theirs === null) {
        throw new TwigError(
          'notFound',
          'This record is no longer in the workspace, or it is in the trash. Restore it there, or discard this change.',
        );
      }
      const { send, conflicts } = mergeEdit(step.base, step.values, theirs);
      if (conflicts.length > 0) return { conflicts };
      const record = Object.keys(send).length === 0 ? theirs : await client.update(step.object, step.id, send, options);
      return { conflicts: null, record, trashed: 'unchanged' };
    }
    case 'delete':
      try {
        await client.softDelete(step.object, step.id, options);
      } catch (error) {
        // Already gone is what was wanted.
        if (!isTwigError(error) || error.kind !== 'notFound') throw error;
      }
      return { conflicts: null, record: null, trashed: 'yes' };
    case 'restore':
      await client.restore(step.object, step.id, options);
      return { conflicts: null, record: null, trashed: 'no' };
  }
}
