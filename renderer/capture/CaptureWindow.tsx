import { useEffect, useRef } from 'react';
import { invoke } from '../bridge';
import { mainModifier } from '../ui/keys';
import { CaptureBar } from './CaptureBar';
import { Editor } from './Editor';
import { Matches } from './Matches';
import { hide, setKind, useCapture } from './store';

/** The capture window: text, matches under it, and a bar that says what will be saved where. */
export function CaptureWindow() {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const height = Math.ceil(element.getBoundingClientRect().height);
      if (height >= 60) void invoke('capture.resize', { height }).catch(() => undefined);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    // On the window, so that a key counts whatever has the focus inside.
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <main ref={root} className="capture">
      <h1 className="visually-hidden">Twig Capture</h1>
      <Editor />
      <Matches />
      <CaptureBar />
    </main>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    void hide();
  } else if (mainModifier(event) && event.code === 'KeyT' && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    setKind(useCapture.getState().kind === 'task' ? 'note' : 'task');
  }
}
