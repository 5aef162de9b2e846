import { useEffect, useState } from 'react';
import { formatAgo } from '../../shared/crm';

/** The current time in epoch milliseconds, refreshed every `everyMs` while the window is visible. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = (): void => {
      if (document.visibilityState === 'visible') setNow(Date.now());
    };
    const timer = window.setInterval(tick, everyMs);
    document.addEventListener('visibilitychange', tick);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [everyMs]);
  return now;
}

/** "just now", "12 s ago", "5 min ago", then as `formatAgo`. Both in epoch milliseconds. */
export function agoText(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds >= 5 && seconds < 60) return `${seconds} s ago`;
  return formatAgo(new Date(Math.min(at, now)).toISOString(), new Date(now));
}

/** "in 20 s", "in 4 min", "in 2 h". Both in epoch milliseconds. */
export function inText(at: number, now: number): string {
  const seconds = Math.max(1, Math.round((at - now) / 1000));
  if (seconds < 60) return `in ${seconds} s`;
  if (seconds < 3600) return `in ${Math.round(seconds / 60)} min`;
  return `in ${Math.round(seconds / 3600)} h`;
}
