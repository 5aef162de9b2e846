import { z } from 'zod';

/** An Electron accelerator such as `CommandOrControl+Shift+J`; empty means none. */
export const accelerator = z
  .string()
  .max(80)
  .regex(/^$|^([A-Za-z0-9]+\+)+[A-Za-z0-9\-=[\]\\;',./`]+$|^F([1-9]|1[0-9]|2[0-4])$/, 'not a hotkey');

/** What electron-store keeps. Never a secret. */
export const Settings = z.object({
  hotkeys: z
    .object({
      capture: accelerator.default('CommandOrControl+Shift+J'),
      contacts: accelerator.default('CommandOrControl+Shift+K'),
    })
    .prefault({}),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  launchAtLogin: z.boolean().default(false),
  /** Hide Capture when another window is clicked. */
  hideOnBlur: z.boolean().default(true),
  /** How day-month order in "4/5" is read, and the words for dates. */
  dateLocale: z.enum(['en', 'en-GB', 'de', 'fr', 'es', 'pt', 'nl']).default('en'),
  /** Country for phone numbers typed without one (ISO 3166 alpha-2). */
  phoneCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
  defaultKind: z.enum(['note', 'task']).default('note'),
  seenTrayNotice: z.boolean().default(false),
  /** Show a retainer's annual amount as its monthly part, where the workspace keeps contract types. */
  monthlyRetainers: z.boolean().default(true),
  /** How likely a deal of a stage is won, in whole percent, by `connectionId:STAGE`. */
  stageWeights: z.record(z.string().max(200), z.number().int().min(0).max(100)).default({}),
});
export type Settings = z.infer<typeof Settings>;
const fields = Settings.shape;
/** Any of the settings; one that is left out stays as it is, so none has a default here. */
export const SettingsChange = z
  .object({
    theme: fields.theme.unwrap(),
    launchAtLogin: fields.launchAtLogin.unwrap(),
    hideOnBlur: fields.hideOnBlur.unwrap(),
    dateLocale: fields.dateLocale.unwrap(),
    phoneCountry: fields.phoneCountry.unwrap(),
    defaultKind: fields.defaultKind.unwrap(),
    seenTrayNotice: fields.seenTrayNotice.unwrap(),
    monthlyRetainers: fields.monthlyRetainers.unwrap(),
    stageWeights: fields.stageWeights.unwrap(),
  })
  .partial();
export type SettingsChange = z.infer<typeof SettingsChange>;

export const HotkeyName = z.enum(['capture', 'contacts']);
export type HotkeyName = z.infer<typeof HotkeyName>;
export const HotkeyState = z.object({
  accelerator: z.string(),
  /** `taken`: the OS refused it. `unproven`: registered on a desktop where that is no proof until it was pressed once. */
  state: z.enum(['registered', 'unproven', 'taken', 'none', 'unsupported']),
  message: z.string(),
});
export type HotkeyState = z.infer<typeof HotkeyState>;
