import type { FieldMeta, ObjectMeta } from '../../shared/crm';
import type { Deal } from './deal';

/** One stage of the workspace, in its own words and colour. */
export interface Stage {
  value: string;
  label: string;
  color: string;
  /** False for a value that deals have and the workspace does not offer (any more). */
  offered: boolean;
}

/** The field that holds a deal's stage; null when the workspace has none. */
export function stageField(object: ObjectMeta): FieldMeta | null {
  return object.fields.find((field) => field.name === 'stage' && field.type === 'SELECT') ?? null;
}

/**
 * The workspace's stages in its own order, then whatever else the deals hold, so that no deal is out of sight.
 * @param before the stages so far; they are answered again when they are still the same
 */
export function stagesOf(
  field: FieldMeta | null,
  deals: readonly Deal[],
  before: readonly Stage[] = [],
): readonly Stage[] {
  const offered = [...(field?.options ?? [])]
    .sort((a, b) => a.position - b.position)
    .map(({ value, label, color }) => ({ value, label, color, offered: true }));
  const known = new Set(offered.map((stage) => stage.value));
  const gone = [...new Set(deals.map((deal) => deal.stage))].filter((value) => !known.has(value)).sort();
  const stages = [
    ...offered,
    ...gone.map((value) => ({ value, label: value || 'No stage', color: 'gray', offered: false })),
  ];
  return JSON.stringify(stages) === JSON.stringify(before) ? before : stages;
}

const LOST = /^(CLOSED_)?LOST$/;
const WON = /^(CUSTOMER|(CLOSED_)?WON|ACTIVE|RETAINER|DONE)$/;

/**
 * How likely a deal of each stage is won, in whole percent: as the user set it for this workspace,
 * else lost is 0, won is 100, and the stages before rise evenly to the next ten.
 * @param kept the setting `stageWeights`, by `connectionId:STAGE`
 */
export function weightsOf(
  stages: readonly Stage[],
  connectionId: string,
  kept: Readonly<Record<string, number>>,
): Map<string, number> {
  const open = stages.filter(({ value, offered }) => offered && !LOST.test(value) && !WON.test(value));
  return new Map(
    stages.map((stage) => {
      const rising = Math.round(((open.indexOf(stage) + 1) / (open.length + 1)) * 10) * 10;
      const usual = LOST.test(stage.value) ? 0 : WON.test(stage.value) ? 100 : Math.min(90, Math.max(10, rising));
      return [stage.value, kept[weightKey(connectionId, stage.value)] ?? usual];
    }),
  );
}

/** The key of a stage in the setting `stageWeights`. */
export function weightKey(connectionId: string, stage: string): string {
  return `${connectionId}:${stage}`;
}

/** The next stage in that direction that a deal can be moved to; null at the end. */
export function stageBeside(stages: readonly Stage[], value: string, by: 1 | -1): Stage | null {
  for (let at = stages.findIndex((stage) => stage.value === value) + by; ; at += by) {
    const stage = stages[at];
    if (!stage || stage.offered) return stage ?? null;
  }
}
