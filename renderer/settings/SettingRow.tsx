import type { ReactNode } from 'react';

/** A titled group of settings. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="settings-section" aria-label={title}>
      <h2>{title}</h2>
      <div className="settings-rows">{children}</div>
    </section>
  );
}

/** One setting: its words on the left, its control on the right. */
export function SettingRow({ label, hint, children }: { label: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="setting">
      <div className="setting-words">
        <p>{label}</p>
        {hint && <p className="dim setting-hint">{hint}</p>}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}
