/** Says by movement alone that something runs; put words beside it. */
export function Spinner() {
  return <span className="spinner" aria-hidden="true" />;
}

/** A thin progress bar; `done` of `total`, or unknown when `total` is null. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  const known = total !== null && total > 0;
  const percent = known ? Math.min(100, Math.round((done / total) * 100)) : undefined;
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-unknown={known ? undefined : ''}
    >
      <div style={known ? { width: `${percent}%` } : undefined} />
    </div>
  );
}
