import { Plus } from 'lucide-react';
import './settings.css';
import type { Settings } from '../../shared/app/settings';
import type { AppState } from '../../shared/app/state';
import { goTo } from '../app/navigation';
import { useApp } from '../app/state';
import { invoke } from '../bridge';
import { Button } from '../ui/button';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { ConnectionCard } from './ConnectionCard';
import { changeSettings } from './change';
import { countryOptions } from './countries';
import { HotkeyField } from './HotkeyField';
import { Section, SettingRow } from './SettingRow';

const LOCALES: readonly { value: Settings['dateLocale']; label: string }[] = [
  { value: 'en', label: 'English (US), 4/5 is April 5' },
  { value: 'en-GB', label: 'English (UK), 4/5 is 4 May' },
  { value: 'de', label: 'Deutsch' },
  { value: 'fr', label: 'Français' },
  { value: 'es', label: 'Español' },
  { value: 'pt', label: 'Português' },
  { value: 'nl', label: 'Nederlands' },
];

/** All settings on one page; each is in force at once. */
export function SettingsView() {
  const state = useApp((store) => store.state);
  if (state === null) return null;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Settings</h1>
      </header>
      <div className="page-body">
        <div className="settings">
          <Workspaces state={state} />
          <Shortcuts state={state} />
          <CaptureSettings settings={state.settings} />
          <Looks settings={state.settings} />
          <About state={state} />
        </div>
      </div>
    </div>
  );
}

function Workspaces({ state }: { state: AppState }) {
  return (
    <section className="settings-section" aria-label="Workspaces">
      <h2>Workspaces</h2>
      <div className="settings-cards">
        {state.connections.map((connection) => (
          <ConnectionCard
            key={connection.id}
            connection={connection}
            active={connection.id === state.activeConnectionId}
          />
        ))}
        <div>
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => goTo('connect')}>
            {state.connections.length === 0 ? 'Connect a workspace' : 'Add a workspace'}
          </Button>
        </div>
      </div>
    </section>
  );
}

function Shortcuts({ state }: { state: AppState }) {
  return (
    <Section title="Shortcuts">
      <HotkeyField name="capture" label="Capture" state={state.hotkeys.capture} />
      <HotkeyField name="contacts" label="Contacts" state={state.hotkeys.contacts} />
    </Section>
  );
}

function CaptureSettings({ settings }: { settings: Settings }) {
  return (
    <Section title="Capture">
      <SettingRow label="A new capture is a">
        <Segmented
          label="A new capture is a"
          value={settings.defaultKind}
          options={[
            { value: 'note', label: 'Note' },
            { value: 'task', label: 'Task' },
          ]}
          onChange={(defaultKind) => void changeSettings({ defaultKind })}
        />
      </SettingRow>
      <SettingRow label="Hide Capture when another window is clicked" hint="What was typed stays.">
        <Switch
          label="Hide Capture when another window is clicked"
          checked={settings.hideOnBlur}
          onChange={(hideOnBlur) => void changeSettings({ hideOnBlur })}
        />
      </SettingRow>
      <SettingRow label="Dates are written in">
        <Select
          label="Dates are written in"
          value={settings.dateLocale}
          options={LOCALES}
          onChange={(dateLocale) => void changeSettings({ dateLocale })}
        />
      </SettingRow>
      <SettingRow label="Phone numbers without a country are from">
        <Select
          label="Phone numbers without a country are from"
          value={settings.phoneCountry}
          options={countryOptions()}
          onChange={(phoneCountry) => void changeSettings({ phoneCountry })}
        />
      </SettingRow>
    </Section>
  );
}

function Looks({ settings }: { settings: Settings }) {
  return (
    <Section title="Looks and start">
      <SettingRow label="Theme">
        <Segmented
          label="Theme"
          value={settings.theme}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(theme) => void changeSettings({ theme })}
        />
      </SettingRow>
      <SettingRow label="Start Twig when I log in" hint="It starts quietly, with its shortcuts ready.">
        <Switch
          label="Start Twig when I log in"
          checked={settings.launchAtLogin}
          onChange={(launchAtLogin) => void changeSettings({ launchAtLogin })}
        />
      </SettingRow>
    </Section>
  );
}

function About({ state }: { state: AppState }) {
  return (
    <Section title="About">
      <SettingRow
        label={`Twig ${state.version}`}
        hint={
          state.tray === 'unavailable'
            ? 'This desktop shows no tray icons. The shortcuts and this window work without one.'
            : 'Closing the window keeps Twig running, so that its shortcuts work.'
        }
      >
        <Button onClick={() => void invoke('app.quit')}>Quit Twig</Button>
      </SettingRow>
    </Section>
  );
}
