/**
 * Amounts above 2^53 micros would lose digits in JSON.parse, so long ones are quoted first. An
 * unescaped `"amountMicros":` right after `{` or `,` cannot occur inside a JSON string.
 */
const LONG_AMOUNT = /([{,]\s*"amountMicros"\s*:\s*)(-?\d{16,})(?=\s*[,}])/g;

/** Parses one JSON text as `unknown`; long amounts arrive as decimal strings. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.includes('"amountMicros"') ? text.replace(LONG_AMOUNT, '$1"$2"') : text);
}

export type Json = Record<string, unknown>;

/** True for a plain JSON object (not null, not an array). */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
