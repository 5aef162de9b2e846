import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { LEAST_WIDTH, MOST_WIDTH } from '../../shared/app/lists';
import { allowedWidth } from './widths';

interface ColumnEdgeProps {
  /** What the column is called. */
  label: string;
  /** In rem; null while nobody chose one. */
  width: number | null;
  /** The width its field suggests, in rem. */
  suggested: number;
  /** Pixels of a rem. */
  rem: number;
  onPull: (width: number) => void;
  onResize: (width: number | null) => void;
}

/** The right edge of a column: pulled with the pointer or moved with the arrow keys, it makes the column wider. */
export function ColumnEdge({ label, width, suggested, rem, onPull, onResize }: ColumnEdgeProps) {
  const pull = useRef<{ from: number; width: number } | null>(null);
  const drawn = (edge: HTMLElement): number => (edge.parentElement?.getBoundingClientRect().width ?? 0) / rem;
  const pulled = (event: PointerEvent): number | null =>
    pull.current && allowedWidth(pull.current.width + (event.clientX - pull.current.from) / rem);
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const now = width ?? (drawn(event.currentTarget) || suggested);
    const to: Readonly<Record<string, number | null>> = {
      ArrowLeft: allowedWidth(now - 1),
      ArrowRight: allowedWidth(now + 1),
      Home: LEAST_WIDTH,
      Enter: null,
    };
    if (!Object.hasOwn(to, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    onResize(to[event.key] ?? null);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> that can be moved has no other element.
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${label}`}
      aria-valuemin={LEAST_WIDTH}
      aria-valuemax={MOST_WIDTH}
      aria-valuenow={width ?? suggested}
      aria-valuetext={width === null ? 'automatic' : `${width}`}
      title="Drag or use ← and →; Enter or a double click gives the usual width"
      className="grid-edge"
      tabIndex={0}
      onKeyDown={onKey}
      onDoubleClick={() => onResize(null)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pull.current = { from: event.clientX, width: drawn(event.currentTarget) };
      }}
      onPointerMove={(event) => {
        const to = pulled(event);
        if (to !== null) onPull(to);
      }}
      onPointerUp={(event) => {
        const moved = pull.current !== null && event.clientX !== pull.current.from;
        const to = pulled(event);
        pull.current = null;
        if (moved) onResize(to);
      }}
      onPointerCancel={() => {
        pull.current = null;
        onResize(width);
      }}
    />
  );
}
