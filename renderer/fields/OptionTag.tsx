/** One of the workspace's options: its words, and its colour as a dot beside them. */
export function OptionTag({ label, color }: { label: string; color: string }) {
  return (
    <span className="option-tag">
      <span className="dot" data-tag={color.toLowerCase()} aria-hidden="true" />
      <span className="cut">{label}</span>
    </span>
  );
}
