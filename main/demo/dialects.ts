import type { Schema } from './schema';
import { buildSchema } from './schema-fields';
import { A_OBJECTS, B_OBJECTS, DEMO_OBJECTS } from './schema-fixtures';
import { MID_OBJECTS, OLD_OBJECTS } from './schema-old';

export const DIALECT_NAMES = ['current', 'mid', 'old', 'a', 'b'] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

/** How the body text of notes and tasks is held: `bodyV2`, BlockNote text in `body`, or both. */
export type BodyForm = 'bodyV2' | 'body' | 'both';

/** The manners of one server, apart from its schema. */
export interface Traits {
  /** Which recorded server it follows where it is not said otherwise: 2.19, 0.51 or 0.41. */
  family: 'current' | 'mid' | 'old';
  /** Told by `/client-config`; null when the server tells none. */
  version: string | null;
  body: BodyForm;
  /** Digits after the second in stored times; answers always have three. */
  timeDigits: 3 | 6;
  /** Largest REST page; null when there is none. */
  pageMax: number | null;
  defaultDepth: 0 | 1;
  depths: readonly number[];
  /** Largest batch; null when there is none. */
  batchMax: number | null;
  /** Rows of a batch that are answered; null answers all. */
  batchAnswered: number | null;
  restDelete: 'switchable' | 'soft' | 'permanent';
  /** A trashed record keeps its unique e-mail or domain to itself. */
  trashHoldsUnique: boolean;
  /** Targets go to the trash with their note and come back with it. */
  targetsFollowNote: boolean;
  /** E-mails, phones and domains are checked and normalised. */
  validatesContacts: boolean;
  rateLimit: { kind: 'bucket'; calls: number; ms: number } | { kind: 'perRootField'; calls: number; ms: number };
  /** Status of an unknown record. */
  notFound: 400 | 404;
  /** GraphQL rows when `first` is left out. */
  graphqlPage: number;
}

export const CURRENT: Traits = {
  family: 'current',
  version: '2.19.0',
  body: 'bodyV2',
  timeDigits: 3,
  pageMax: 200,
  defaultDepth: 0,
  depths: [0, 1],
  batchMax: 200,
  batchAnswered: null,
  restDelete: 'switchable',
  trashHoldsUnique: true,
  targetsFollowNote: true,
  validatesContacts: true,
  rateLimit: { kind: 'bucket', calls: 100, ms: 60_000 },
  notFound: 404,
  graphqlPage: 200,
};

export const OLD: Traits = {
  family: 'old',
  version: null,
  body: 'body',
  timeDigits: 6,
  pageMax: null,
  defaultDepth: 1,
  depths: [0, 1, 2],
  batchMax: null,
  batchAnswered: 60,
  restDelete: 'soft',
  trashHoldsUnique: false,
  targetsFollowNote: false,
  validatesContacts: false,
  rateLimit: { kind: 'perRootField', calls: 500, ms: 100_000 },
  notFound: 400,
  graphqlPage: 60,
};

export const MID: Traits = { ...OLD, family: 'mid', body: 'both', restDelete: 'permanent', trashHoldsUnique: true };

/** One server to play: its manners and its workspace's schema. */
export interface Dialect {
  name: DialectName;
  traits: Traits;
  schema: Schema;
}

/** The dialect of that name, with the workspace it is known by; made anew on every call. */
export function dialectNamed(name: DialectName): Dialect {
  switch (name) {
    case 'current':
      return { name, traits: CURRENT, schema: buildSchema(name, DEMO_OBJECTS) };
    case 'mid':
      return { name, traits: MID, schema: buildSchema(name, MID_OBJECTS) };
    case 'old':
      return { name, traits: OLD, schema: buildSchema(name, OLD_OBJECTS) };
    case 'a':
      return { name, traits: CURRENT, schema: buildSchema(name, A_OBJECTS) };
    case 'b':
      return { name, traits: { ...CURRENT, pageMax: 60 }, schema: buildSchema(name, B_OBJECTS) };
  }
}
