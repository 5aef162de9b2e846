import { Check, CircleAlert, LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { type FormEvent, useEffect } from 'react';
import './connect.css';
import type { ConnectionView } from '../../shared/app/connections';
import { goTo, useNavigation } from '../app/navigation';
import { useApp } from '../app/state';
import { keyringTruth } from '../settings/truth';
import { Button } from '../ui/button';
import { Segmented } from '../ui/segmented';
import { Spinner } from '../ui/spinner';
import { TextField } from '../ui/text-field';
import { MatonConnections } from './MatonConnections';
import {
  cancel,
  chooseWay,
  connect,
  connectAgain,
  discover,
  followConnect,
  setApiKey,
  setServer,
  signIn,
  useConnect,
  type Way,
} from './store';
import { UnprotectedDialog } from './UnprotectedDialog';

const WAYS: readonly { value: Way; label: string }[] = [
  { value: 'twenty', label: 'Twenty' },
  { value: 'maton', label: 'Maton gateway' },
  { value: 'demo', label: 'Demo workspace' },
];

/** Connects a workspace, or gives a key again to one that lost it. */
export function ConnectView() {
  const reconnecting = useNavigation((store) => store.reconnecting);
  const way = useConnect((store) => store.way);
  const busy = useConnect((store) => store.busy);
  useEffect(() => followConnect(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy !== null) return;
    if (reconnecting === null) connect();
    else if (reconnecting.kind === 'oauth') signIn(reconnecting.server);
    else connectAgain(reconnecting.id);
  };
  return (
    <div className="page">
      <header className="page-head">
        <h1>{reconnecting === null ? 'Connect' : `Connect ${reconnecting.name} again`}</h1>
      </header>
      <div className="page-body">
        <form className="connect" aria-label="Connect" onSubmit={submit} noValidate>
          {reconnecting === null ? (
            <>
              <Segmented label="Kind of workspace" value={way} options={WAYS} onChange={chooseWay} />
              {way === 'twenty' && <TwentyFields />}
              {way === 'maton' && <MatonFields />}
              {way === 'demo' && <DemoWords />}
            </>
          ) : (
            <AgainFields connection={reconnecting} />
          )}
          <Steps />
          <Actions
            words={way === 'demo' && reconnecting === null ? null : <KeyTruth />}
            action={reconnecting?.kind === 'oauth' ? 'Sign in again' : 'Connect'}
          />
        </form>
        {reconnecting === null && way === 'twenty' && <DemoOffer />}
      </div>
      <UnprotectedDialog />
    </div>
  );
}

function TwentyFields() {
  const server = useConnect((store) => store.server);
  const apiKey = useConnect((store) => store.apiKey);
  const discovered = useConnect((store) => store.discovered);
  const busy = useConnect((store) => store.busy);
  const cleartext = discovered?.cleartext ?? /^http:/i.test(server.trim());
  return (
    <>
      <TextField
        label="Server"
        value={server}
        onChange={setServer}
        onBlur={() => void discover()}
        placeholder="https://crm.example.com"
        inputMode="url"
        note={
          cleartext
            ? 'http: what is sent to this server, the key too, is not encrypted on the way.'
            : discovered?.message
        }
        noteLevel={cleartext ? 'warning' : 'info'}
        autoFocus
      />
      {discovered?.oauth && (
        <div className="connect-signin">
          <Button tone="accent" busy={busy === 'signingIn'} onClick={() => signIn()}>
            Sign in with Twenty
          </Button>
          <p className="dim">Opens your browser. Twig then acts with your own rights. Or use an API key:</p>
        </div>
      )}
      <TextField label="API key" secret value={apiKey} onChange={setApiKey} />
    </>
  );
}

function MatonFields() {
  const apiKey = useConnect((store) => store.apiKey);
  return (
    <>
      <TextField
        label="API key"
        secret
        value={apiKey}
        onChange={setApiKey}
        note="Your Maton key. It only ever goes to the gateway, never to a Twenty server."
        autoFocus
      />
      <MatonConnections />
    </>
  );
}

function DemoWords() {
  return (
    <p className="dim">
      A made-up company with about 400 people, 120 companies and 60 deals, inside this app. No account, no network. Sign
      out of it to remove it.
    </p>
  );
}

function DemoOffer() {
  const busy = useConnect((store) => store.busy);
  const hasDemo = useApp((store) => store.state?.connections.some(({ kind }) => kind === 'demo') ?? false);
  if (hasDemo) return null;
  return (
    <p className="connect-demo dim">
      Only looking around?
      <Button
        tone="quiet"
        disabled={busy !== null}
        onClick={() => {
          chooseWay('demo');
          connect();
        }}
      >
        Try the demo
      </Button>
    </p>
  );
}

function AgainFields({ connection }: { connection: ConnectionView }) {
  const apiKey = useConnect((store) => store.apiKey);
  return (
    <>
      <p className="dim">
        {connection.kind === 'maton' ? 'Through the Maton gateway.' : connection.server} Its local copy and everything
        that waits are still here.{' '}
        <Button tone="quiet" onClick={() => goTo('connect')}>
          Connect another workspace instead
        </Button>
      </p>
      {connection.kind !== 'oauth' && (
        <TextField label="API key" secret value={apiKey} onChange={setApiKey} autoFocus />
      )}
    </>
  );
}

function KeyTruth() {
  const keyring = useApp((store) => store.state?.keyring);
  if (!keyring) return null;
  const truth = keyringTruth(keyring);
  return (
    <p className="connect-truth" data-level={truth.level}>
      {truth.level === 'ok' ? <LockKeyhole size={14} aria-hidden /> : <LockKeyholeOpen size={14} aria-hidden />}
      {truth.text}
    </p>
  );
}

function Actions({ words, action }: { words: React.ReactNode; action: string }) {
  const busy = useConnect((store) => store.busy);
  const error = useConnect((store) => store.error);
  const signInOffered = useConnect((store) => store.discovered?.oauth === true && store.apiKey === '');
  return (
    <>
      {error !== null && (
        <p className="connect-error" role="alert">
          <CircleAlert size={15} aria-hidden />
          {error}
        </p>
      )}
      <div className="connect-actions">
        <div className="grow">{words}</div>
        {busy !== null && <Button onClick={cancel}>Cancel</Button>}
        <Button
          type="submit"
          tone={signInOffered ? 'plain' : 'accent'}
          busy={busy === 'connecting'}
          disabled={busy === 'signingIn'}
        >
          {action}
        </Button>
      </div>
    </>
  );
}

const STEP_WORDS: Readonly<Record<string, string>> = {
  discovery: 'Asking how to sign in',
  browser: 'Waiting for the browser',
  reachable: 'Reaching the server',
  twenty: 'Checking that it is Twenty',
  key: 'Trying the key',
  objects: 'Reading what the key may see',
  maton: 'Asking the Maton gateway',
  sealed: 'Sealing the key',
};

function Steps() {
  const steps = useConnect((store) => store.steps);
  return (
    <ol className="connect-steps" aria-label="Progress" aria-live="polite">
      {steps.map((step) => (
        <li key={step.step} data-state={step.state}>
          {step.state === 'running' ? (
            <Spinner />
          ) : step.state === 'ok' ? (
            <Check size={15} aria-hidden />
          ) : (
            <CircleAlert size={15} aria-hidden />
          )}
          <span role={step.state === 'failed' ? 'alert' : undefined}>{step.message || STEP_WORDS[step.step]}</span>
        </li>
      ))}
    </ol>
  );
}
