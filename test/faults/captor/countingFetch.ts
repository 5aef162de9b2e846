import type { Fetch } from '../../../main/twenty/types';

/** The network, with a count of answers that are not read to their end yet. */
export interface CountingFetch {
  fetch: Fetch;
  underWay(): number;
}

export function countingFetch(network: Fetch = fetch): CountingFetch {
  let count = 0;
  const counted = (body: ReadableStream<Uint8Array>, done: () => void): ReadableStream<Uint8Array> => {
    const reader = body.getReader();
    return new ReadableStream({
      async pull(controller) {
        try {
          const part = await reader.read();
          if (!part.done) return controller.enqueue(part.value);
          done();
          controller.close();
        } catch (error) {
          done();
          controller.error(error);
        }
      },
      cancel(reason) {
        done();
        return reader.cancel(reason);
      },
    });
  };
  return {
    underWay: () => count,
    async fetch(url, init) {
      count += 1;
      let ended = false;
      const done = () => {
        if (!ended) count -= 1;
        ended = true;
      };
      init.signal?.addEventListener('abort', done, { once: true });
      try {
        const { body, status, headers } = await network(url, init);
        if (body === null) done();
        return new Response(body === null ? null : counted(body, done), { status, headers });
      } catch (error) {
        done();
        throw error;
      }
    },
  };
}
