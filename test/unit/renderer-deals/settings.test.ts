import { expect, it } from 'vitest';
import { Settings, SettingsChange } from '../../../shared/app/settings';

it('changes one setting and leaves the others as they are', () => {
  expect(SettingsChange.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
  expect(Object.keys(SettingsChange.shape).sort()).toEqual(
    Object.keys(Settings.shape)
      .filter((name) => name !== 'hotkeys')
      .sort(),
  );
});

it('takes no likelihood beyond 0 to 100', () => {
  expect(SettingsChange.safeParse({ stageWeights: { 'acme:LEAD': 100 } }).success).toBe(true);
  expect(SettingsChange.safeParse({ stageWeights: { 'acme:LEAD': 101 } }).success).toBe(false);
  expect(SettingsChange.safeParse({ stageWeights: { 'acme:LEAD': 12.5 } }).success).toBe(false);
});
