import { useMemo } from 'react';
import { useApp } from '../app/state';
import { useNow } from '../app/time';
import type { ReadContext } from './read';

const MINUTE = 60_000;

/** The user's settings and the present minute, for reading what is typed. */
export function useReadContext(): ReadContext {
  const dateLocale = useApp((store) => store.state?.settings.dateLocale ?? 'en');
  const phoneCountry = useApp((store) => store.state?.settings.phoneCountry ?? 'US');
  const now = useNow(MINUTE);
  return useMemo(() => ({ now: new Date(now), dateLocale, phoneCountry }), [now, dateLocale, phoneCountry]);
}
