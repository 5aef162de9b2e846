import { join } from 'node:path';
import log from 'electron-log/node';

/**
 * The log holds events and facts of a few known kinds, never texts: what a person typed, a record,
 * an address or a key cannot reach it because there is no way to hand it over.
 */
export type Facts = Readonly<Record<string, string | number | boolean>>;
export type Report = (event: string, facts?: Facts) => void;

/** Longer values are cut: a fact is a name, a code or a count. */
const FACT_LENGTH = 80;

export function openLog(directory: string): Report {
  log.transports.file.resolvePathFn = () => join(directory, 'twig.log');
  log.transports.file.maxSize = 1_048_576;
  log.transports.console.level = false;
  return (event, facts = {}) => {
    const clean = Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.slice(0, FACT_LENGTH).replace(/[\r\n]+/g, ' ') : value,
      ]),
    );
    log.info(event, JSON.stringify(clean));
  };
}
