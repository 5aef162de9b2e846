import type { ObjectMeta } from '../../shared/crm';
import { messageOf } from '../bridge';
import { askedWith } from '../fields/rights';
import { updateFields } from '../fields/writes';
import { showToast } from '../ui/toast';
import type { Deal } from './deal';
import type { Stage } from './stages';
import { stageField } from './stages';
import type { Deals } from './store';

/** Moves a deal to a stage, or first asks for what the workspace wants to know with it. */
export function moveDeal(deals: Deals, meta: ObjectMeta, deal: Deal, stage: Stage): void {
  const field = stageField(meta);
  if (field === null || !stage.offered || stage.value === deal.stage) return;
  if (askedWith(meta, field, stage.value) === null) void saveMove(deals, deal, stage, {});
  else deals.view.setState({ asking: { deal, stage } });
}

/**
 * Writes the move and offers Undo. The card moves at once and goes back when the move was refused.
 * @param more values asked for with it, by record key
 */
export async function saveMove(
  deals: Deals,
  deal: Deal,
  stage: Stage,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const changes = { stage: stage.value, ...more };
  const settle = deals.whole.put({ ...deal.record, ...changes });
  try {
    const ref = { object: 'opportunity', id: deal.id };
    await updateFields(ref, changes, deal.record, `${deal.name} moved to ${stage.label}`);
  } catch (error) {
    showToast(messageOf(error), 'error');
  } finally {
    settle();
  }
}
