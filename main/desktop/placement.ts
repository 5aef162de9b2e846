/** Screen geometry in device-independent pixels. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Share of the work area's height above Capture, where the eye is. */
const CAPTURE_TOP = 0.22;

/** Where Capture goes: centred on the work area of the display with the cursor, in its upper part. */
export function placeCapture(workArea: Rectangle, size: { width: number; height: number }): Rectangle {
  const width = Math.min(size.width, workArea.width);
  const height = Math.min(size.height, workArea.height);
  return {
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + Math.min(workArea.height * CAPTURE_TOP, workArea.height - height)),
    width,
    height,
  };
}

/** Remembered bounds, unless the display they were on is gone; then only the size is kept. */
export function placeMain(
  remembered: { width: number; height: number; x?: number; y?: number } | null,
  workAreas: readonly Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  if (!remembered) return { width: 1040, height: 700 };
  const { width, height, x, y } = remembered;
  if (x === undefined || y === undefined) return { width, height };
  // A strip of the title bar must be reachable.
  const reachable = workAreas.some(
    (area) =>
      x + width > area.x + 80 && x < area.x + area.width - 80 && y >= area.y - 10 && y < area.y + area.height - 40,
  );
  return reachable ? { width, height, x, y } : { width, height };
}
