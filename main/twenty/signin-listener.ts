import { timingSafeEqual } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { TwigError } from '../../shared/errors';

/** What the browser brought back. */
export interface Callback {
  code: string;
  /** The issuer that says it answered; null when the server does not name it. */
  issuer: string | null;
}

export interface CallbackListener {
  /** `http://127.0.0.1:PORT/callback`. */
  readonly redirectUri: string;
  /** Resolves with the one answer that carries the right state; rejects when the person declined. */
  readonly answer: Promise<Callback>;
  close(): void;
}

/**
 * Waits on 127.0.0.1, on a port the system chooses, for one redirect of the browser. Requests
 * without the right `state` are answered and ignored: any local page could send them.
 */
export async function listenForCallback(state: string): Promise<CallbackListener> {
  let settle: { resolve: (callback: Callback) => void; reject: (error: TwigError) => void } | null = null;
  const answer = new Promise<Callback>((resolve, reject) => {
    settle = { resolve, reject };
  });
  answer.catch(() => undefined);
  let origin = '';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const mine =
      request.method === 'GET' && url.pathname === '/callback' && request.headers.host === new URL(origin).host;
    if (!mine) return page(response, 404, 'Nothing here.');
    if (!settle || !sameText(url.searchParams.get('state') ?? '', state)) {
      return page(response, 400, 'This sign-in is not one that Twig is waiting for. You can close this page.');
    }
    const code = url.searchParams.get('code');
    const { resolve, reject } = settle;
    settle = null;
    if (code) {
      page(response, 200, 'You are signed in. You can close this page and go back to Twig.');
      resolve({ code, issuer: url.searchParams.get('iss') });
    } else {
      page(response, 200, 'Twenty did not let Twig in. You can close this page and go back to Twig.');
      const declined = url.searchParams.get('error') === 'access_denied';
      reject(
        declined
          ? new TwigError('forbidden', 'The sign-in was declined in the browser.')
          : new TwigError('server', 'Twenty could not complete the sign-in. Try again.'),
      );
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new TwigError('server', 'Twig could not open a local port for the sign-in.')));
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TwigError('server', 'Twig has no local port for the sign-in.');
  origin = `http://127.0.0.1:${address.port}`;
  return {
    redirectUri: `${origin}/callback`,
    answer,
    close() {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function page(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(
    `<!doctype html><html lang="en"><title>Twig</title><style>body{font:16px system-ui;max-width:32rem;margin:20vh auto;padding:0 1rem}</style><p>${text}</p></html>`,
  );
}
