import { z } from 'zod';
import { connectionId } from '../../shared/app/connections';
import { Settings } from '../../shared/app/settings';

const WindowBounds = z.object({
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(150).max(20_000),
  x: z.number().int().optional(),
  y: z.number().int().optional(),
});
export type WindowBounds = z.infer<typeof WindowBounds>;

/** The fields of the settings file. */
const FIELDS = {
  settings: Settings,
  activeConnectionId: connectionId.nullable(),
  mainBounds: WindowBounds.nullable(),
} as const;
export interface Stored {
  settings: Settings;
  activeConnectionId: string | null;
  mainBounds: WindowBounds | null;
}

/** Every field that fits its schema, defaults for the rest. */
export function readLeniently(raw: Record<string, unknown>): { stored: Stored; damaged: boolean } {
  let damaged = false;
  const field = <T>(schema: z.ZodType<T>, value: unknown, otherwise: T): T => {
    if (value === undefined) return otherwise;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    damaged = true;
    return otherwise;
  };
  const settings: Record<string, unknown> = { ...Settings.parse({}) };
  const whole = field(z.record(z.string(), z.unknown()), raw.settings, {});
  for (const [name, schema] of Object.entries(Settings.shape)) {
    settings[name] = field(schema as z.ZodType<unknown>, whole[name], settings[name]);
  }
  return {
    stored: {
      settings: Settings.parse(settings),
      activeConnectionId: field(FIELDS.activeConnectionId, raw.activeConnectionId, null),
      mainBounds: field(FIELDS.mainBounds, raw.mainBounds, null),
    },
    damaged,
  };
}
