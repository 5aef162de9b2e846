import type { Caller } from './rest-access';
import type { RestQuery } from './rest-query';
import type { Store } from './store';

/** One accepted REST call. */
export interface RestCall {
  store: Store;
  caller: Caller;
  query: RestQuery;
  /** Parsed JSON, the raw text when it was sent as something else, undefined without a body. */
  body: unknown;
}
