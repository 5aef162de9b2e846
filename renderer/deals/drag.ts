import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';

/** So far a pointer moves before a press becomes a drag, in pixels. */
const THRESHOLD = 5;
/** So long a finger rests on a card before it is lifted, in milliseconds; moving sooner scrolls. */
const HOLD = 250;
/** So near to the board's side the board scrolls under the pointer, in pixels. */
const EDGE = 48;
const EDGE_STEP = 12;

/** A card on its way: where the pointer is and the stage under it, null outside of the columns. */
export interface Drag {
  id: string;
  x: number;
  y: number;
  over: string | null;
}

interface Press {
  id: string;
  pointer: number;
  x: number;
  y: number;
  touch: boolean;
}

/**
 * Drags a card by pointer from column to column; a finger lifts it by resting on it. Columns carry
 * `data-stage`. Esc and a lost pointer leave everything as it was.
 */
export function useCardDrag(
  board: React.RefObject<HTMLElement | null>,
  onDrop: (id: string, stage: string) => void,
): { drag: Drag | null; press: (event: PointerEvent, id: string) => void; dragged: () => boolean } {
  const [drag, setDrag] = useState<Drag | null>(null);
  const [pressed, setPressed] = useState<Press | null>(null);
  const current = useRef<Drag | null>(null);
  const wasDragged = useRef(false);
  const drop = useRef(onDrop);
  drop.current = onDrop;

  const press = useCallback((event: PointerEvent, id: string): void => {
    wasDragged.current = false;
    if (event.button !== 0 || !event.isPrimary) return;
    const touch = event.pointerType === 'touch';
    setPressed({ id, pointer: event.pointerId, x: event.clientX, y: event.clientY, touch });
  }, []);

  useEffect(() => {
    const element = board.current;
    // Whether a finger scrolls is settled when it comes down, so this has to be there by then.
    const hold = (event: Event): void => {
      if (current.current !== null) event.preventDefault();
    };
    element?.addEventListener('touchmove', hold, { passive: false });
    element?.addEventListener('contextmenu', hold);
    return () => {
      element?.removeEventListener('touchmove', hold);
      element?.removeEventListener('contextmenu', hold);
    };
  }, [board]);

  useEffect(() => {
    if (pressed === null) return;
    const show = (next: Drag | null): void => {
      current.current = next;
      setDrag(next);
    };
    const stop = (): void => {
      show(null);
      setPressed(null);
    };
    const lift = (x: number, y: number): void => {
      wasDragged.current = true;
      show({ id: pressed.id, x, y, over: stageAt(x, y) });
    };
    const held = pressed.touch ? setTimeout(() => lift(pressed.x, pressed.y), HOLD) : undefined;
    const move = (event: globalThis.PointerEvent): void => {
      if (event.pointerId !== pressed.pointer) return;
      const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) >= THRESHOLD;
      if (current.current === null && !far) return;
      if (current.current === null && pressed.touch) {
        stop();
        return;
      }
      scrollAtEdge(board.current, event.clientX);
      lift(event.clientX, event.clientY);
    };
    const up = (event: globalThis.PointerEvent): void => {
      if (event.pointerId !== pressed.pointer) return;
      const last = current.current;
      stop();
      if (last?.over) drop.current(last.id, last.over);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || current.current === null) return;
      event.preventDefault();
      event.stopPropagation();
      stop();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', stop);
    window.addEventListener('blur', stop);
    window.addEventListener('keydown', key, true);
    return () => {
      clearTimeout(held);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', stop);
      window.removeEventListener('blur', stop);
      window.removeEventListener('keydown', key, true);
    };
  }, [pressed, board]);

  return { drag, press, dragged: () => wasDragged.current };
}

function stageAt(x: number, y: number): string | null {
  const column = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-stage]');
  return column?.dataset.stage ?? null;
}

function scrollAtEdge(board: HTMLElement | null, x: number): void {
  if (board === null) return;
  const { left, right } = board.getBoundingClientRect();
  if (x < left + EDGE) board.scrollLeft -= EDGE_STEP;
  else if (x > right - EDGE) board.scrollLeft += EDGE_STEP;
}
