import { type ComponentType, lazy, useState } from 'react';

/** A view whose code is read when it is first shown, or before, when there is time. */
export interface LaterView {
  (): React.JSX.Element;
  /** Reads the code now, so that the view appears at once when it is asked for. */
  preload(): Promise<void>;
}

/** Puts off reading a view's code: the first window need not wait for views that nobody looks at yet. */
export function later(read: () => Promise<ComponentType>): LaterView {
  let ready: ComponentType | null = null;
  const load = async (): Promise<{ default: ComponentType }> => {
    ready ??= await read();
    return { default: ready };
  };
  const Pending = lazy(load);
  function Later() {
    // One for as long as it is shown: another component would start the view afresh.
    const [View] = useState<ComponentType>(() => ready ?? Pending);
    return <View />;
  }
  Later.preload = async (): Promise<void> => {
    await load();
  };
  return Later;
}

/** Reads the code of all of these, one after the other, while nothing else is to do. */
export async function preloadAll(views: readonly unknown[]): Promise<void> {
  for (const view of views) {
    await new Promise<void>((resolve) => {
      if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 2_000 });
      else setTimeout(resolve);
    });
    // What cannot be read now is read, or told, when it is shown.
    if (isLater(view)) await view.preload().catch(() => undefined);
  }
}

function isLater(view: unknown): view is LaterView {
  return typeof view === 'function' && 'preload' in view;
}
