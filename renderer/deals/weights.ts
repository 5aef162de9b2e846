import { useApp } from '../app/state';
import { changeSettings } from '../settings/change';
import { weightKey } from './stages';

/** Keeps how likely a stage of a workspace is won, in whole percent from 0 to 100. */
export function keepWeight(connectionId: string, stage: string, percent: number): void {
  const kept = useApp.getState().state?.settings.stageWeights ?? {};
  void changeSettings({ stageWeights: { ...kept, [weightKey(connectionId, stage)]: percent } });
}

/** Goes back to the usual likelihoods for a workspace. */
export function resetWeights(connectionId: string): void {
  const kept = useApp.getState().state?.settings.stageWeights ?? {};
  const rest = Object.entries(kept).filter(([key]) => !key.startsWith(weightKey(connectionId, '')));
  void changeSettings({ stageWeights: Object.fromEntries(rest) });
}

/** True when the user set any likelihood of this workspace. */
export function useKeptWeights(connectionId: string): boolean {
  return useApp((store) =>
    Object.keys(store.state?.settings.stageWeights ?? {}).some((key) => key.startsWith(weightKey(connectionId, ''))),
  );
}
