import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { auditCsv, recordsCsv } from '../../../main/ipc/csv';
import { asWebAddress, externalAddress, isLinkedIn } from '../../../main/ipc/externalAddress';
import { type Handlers, runCommand } from '../../../main/ipc/router';
import { assertSender } from '../../../main/ipc/sender';
import { TwigError } from '../../../shared/errors';

const frame = (url: string) => ({ url });
const windows = new Map([[1, 'main' as const]]);

describe('who may speak over the bridge', () => {
  it('lets the main frame of our window in', () => {
    const mainFrame = frame('app://twig/index.html');
    expect(assertSender({ sender: { id: 1, mainFrame }, senderFrame: mainFrame } as never, windows)).toBe('main');
  });

  it('throws for strangers, child frames, foreign origins and frames that are gone', () => {
    const mainFrame = frame('app://twig/index.html');
    const strangers = [
      { sender: { id: 2, mainFrame }, senderFrame: mainFrame },
      { sender: { id: 1, mainFrame }, senderFrame: frame('app://twig/index.html') },
      { sender: { id: 1, mainFrame }, senderFrame: null },
      ...[
        'https://evil.example/',
        'app://twig.evil/',
        'file:///index.html',
        'app://evil/index.html',
        'about:blank',
      ].map((url) => {
        const foreign = frame(url);
        return { sender: { id: 1, mainFrame: foreign }, senderFrame: foreign };
      }),
    ];
    for (const stranger of strangers) expect(() => assertSender(stranger as never, windows)).toThrow(/^Refused/);
  });
});

describe('a command', () => {
  const report = vi.fn();
  const handlers = (more: Partial<Handlers>): Handlers => more as Handlers;
  const run = (more: Partial<Handlers>, name: unknown, input?: unknown) =>
    runCommand(handlers(more), name, input, 'main', report);

  it('is refused when it is unknown or its input does not fit', async () => {
    expect(await run({}, 'constructor')).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    expect(await run({}, { toString: () => 'app.state' })).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    const handler = vi.fn();
    const answer = await run({ 'outbox.retry': handler }, 'outbox.retry', { id: 'not-a-uuid' });
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid', field: 'id' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it('answers an error a person can read, and never a stack', async () => {
    const boom = async () => {
      throw new Error('secret /home/jane/key at line 3');
    };
    const answer = await run({ 'app.quit': boom }, 'app.quit');
    expect(answer).toMatchObject({ ok: false, error: { kind: 'server' } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    const offline = async () => {
      throw new TwigError('offline', 'No answer.', { retryAt: 5 });
    };
    expect(await run({ 'app.quit': offline }, 'app.quit')).toEqual({
      ok: false,
      error: { kind: 'offline', message: 'No answer.', field: null, retryAt: 5 },
    });
  });

  it('does not hand out what does not fit the contract', async () => {
    const wrong = async () => ({ ok: 'yes', apiKey: 'x' }) as never;
    expect(await run({ 'connect.demo': wrong }, 'connect.demo')).toMatchObject({
      ok: false,
      error: { kind: 'corrupt' },
    });
  });

  it('never throws, whatever comes over the bridge', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.anything(), async (name, input) => {
        expect(await run({}, name, input)).toMatchObject({ ok: false });
      }),
    );
  });
});

describe('what may be opened outside', () => {
  it('is https, mail and phone, and nothing that only looks like it', () => {
    expect(externalAddress('https://acme.example/a?b')).toBe('https://acme.example/a?b');
    expect(externalAddress('mailto:jane@acme.example')).toBe('mailto:jane@acme.example');
    expect(externalAddress('tel:+15551234567')).toBe('tel:+15551234567');
    for (const address of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'http://acme.example/',
      'https://user:pass@acme.example/',
      'smb://server/share',
      'ms-msdt:/id',
      ' \u0000',
      'mailto:jane@acme.example,eve@evil.example',
      'mailto:jane@acme.example%0Abcc:eve@evil.example',
      'tel:*21*0900123456#',
    ]) {
      expect(() => externalAddress(address), address).toThrow(TwigError);
    }
  });

  it('lets http through to the one server the user typed', () => {
    expect(externalAddress('http://127.0.0.1:3000/object/person/1', 'http://127.0.0.1:3000')).toBe(
      'http://127.0.0.1:3000/object/person/1',
    );
    expect(() => externalAddress('http://127.0.0.1:3001/', 'http://127.0.0.1:3000')).toThrow(TwigError);
  });

  it('reads link fields the way people fill them', () => {
    expect(asWebAddress('linkedin.com/in/jane')).toBe('https://linkedin.com/in/jane');
    expect(asWebAddress('http://acme.example')).toBe('https://acme.example/');
    for (const text of ['', '   ', 'javascript:alert(1)', 'not a site', 'ftp://acme.example'])
      expect(asWebAddress(text), text).toBeNull();
    expect(isLinkedIn('https://de.linkedin.com/in/jane')).toBe(true);
    expect(isLinkedIn('https://linkedin.com.evil.example/')).toBe(false);
  });
});

describe('exports', () => {
  it('quote what a spreadsheet would misread, and keep numbers and phones', () => {
    const row = { id: '1', name: '=HYPERLINK("x")', phone: '+1 555', city: 'Łódź, PL' };
    const text = recordsCsv([row as never], ['name', 'phone', 'city'], {});
    expect(text).toBe('\uFEFFname,phone,city\r\n"\'=HYPERLINK(""x"")",+1 555,"Łódź, PL"\r\n');
  });

  it('write labels for ids, and sub-fields', () => {
    const row = { id: '1', companyId: 'c1', emails: { primaryEmail: 'a@b.example' }, city: null };
    expect(recordsCsv([row as never], ['companyId', 'emails.primaryEmail', 'city'], { c1: 'Acme' })).toContain(
      'Acme,a@b.example,\r\n',
    );
  });

  it('list what was written', () => {
    const entry = {
      id: 'e',
      at: 0,
      window: 'capture',
      action: 'create',
      object: 'note',
      recordId: 'r',
      title: 'T',
      before: null,
      after: { title: 'T' },
      outcome: 'sent',
    };
    expect(auditCsv([entry as never])).toContain(
      '1970-01-01T00:00:00.000Z,capture,create,note,r,T,sent,,"{""title"":""T""}"',
    );
  });
});
