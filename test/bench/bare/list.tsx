import { useState } from 'react';
import { createRoot } from 'react-dom/client';

/** So many rows as the compared view shows, moved about by nothing but React. */
function List({ rows, total }: { rows: number; total: number }) {
  const [first, setFirst] = useState(0);
  const [active, setActive] = useState(0);
  const [text, setText] = useState('');
  const [moved, setMoved] = useState(0);
  const [pointer, setPointer] = useState({ x: 0, y: 0 });
  return (
    <div
      role="application"
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') setActive((active + 1) % rows);
        if (event.key === ']') setMoved(moved + 1);
      }}
      onPointerMove={(event) => setPointer({ x: event.clientX, y: event.clientY })}
    >
      <input aria-label="Search" value={text} onChange={(event) => setText(event.target.value)} />
      <button type="button" onClick={() => setFirst(first === 0 ? total : 0)}>
        Sort
      </button>
      <p id="pointer">
        {pointer.x} {pointer.y}
      </p>
      <div
        id="list"
        role="listbox"
        tabIndex={0}
        data-active={active}
        data-moved={moved}
        style={{ height: '30rem', overflow: 'auto' }}
        onScroll={(event) => setFirst(Math.floor(event.currentTarget.scrollTop / 36))}
      >
        <div style={{ height: total * 36, position: 'relative' }}>
          {Array.from({ length: rows }, (_, at) => (
            <div
              key={at}
              id={`row-${at}`}
              className="row"
              data-active={at === active || undefined}
              style={{
                position: 'absolute',
                width: '100%',
                height: 36,
                transform: `translateY(${(first % total) * 36 + at * 36}px)`,
              }}
            >
              {text} {first + ((at + moved) % rows)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const root = document.getElementById('root');
const { rows, total } = root?.dataset ?? {};
if (root) createRoot(root).render(<List rows={Number(rows)} total={Number(total)} />);
