import { createDemoServer, type DemoOptions, type DemoServer } from '../../main/demo';
import { type Listening, listen } from '../../main/demo/listen';

/** A live record as the server stores it. */
export interface Row {
  id: string;
  [field: string]: unknown;
}

/** A Twenty over HTTP on loopback, in this process, so that a test can look into it and break it. */
export interface TestTwenty extends Listening {
  readonly demo: DemoServer;
  readonly key: string;
  /** Live rows of an object, as they are stored. */
  rows(object: string): Row[];
}

/** Starts an embedded server; `people` 60 unless told, so that a first sync takes a moment. */
export async function startTwenty(options: DemoOptions = {}): Promise<TestTwenty> {
  const demo = createDemoServer({ people: 60, limit: null, ...options });
  const listening = await listen((request) => demo.handle(request));
  return {
    ...listening,
    demo,
    key: demo.key,
    rows: (object) =>
      [...demo.store.table(object).inOrder()]
        .filter((row) => row.deletedAt === null)
        .map((row) => ({ ...(row as unknown as { id: string }) })),
  };
}
