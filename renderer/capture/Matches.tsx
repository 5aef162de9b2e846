import { Avatar } from '../ui/avatar';
import { Kbd } from '../ui/kbd';
import { Marked } from '../ui/marked';
import { pick, shownMatches, useMatches } from './mention-picker';
import { useCapture } from './store';

export const MATCHES_ID = 'capture-matches';
/** The element id of a row, for aria-activedescendant. */
export const matchId = (index: number): string => `capture-match-${index}`;

/** People, companies and deals that match the name being typed. */
export function Matches() {
  const mention = useCapture((store) => store.parsed.activeMention);
  const matches = useMatches();
  const rows = shownMatches(mention, matches);
  if (rows.length === 0) return null;
  return (
    <div className="matches" role="listbox" id={MATCHES_ID} aria-label="Matches">
      {rows.map((row, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field handles the keys of its list.
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text; aria-activedescendant names the option.
        <div
          key={row.id}
          className="match"
          role="option"
          id={matchId(index)}
          aria-selected={index === matches.index}
          // The caret stays in the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void pick(index)}
        >
          <Avatar name={row.title} id={row.id} shape={row.object === 'person' ? 'round' : 'square'} />
          <span className="grow cut">
            <span className="match-title">
              <Marked text={row.title} ranges={row.titleRanges} />
            </span>{' '}
            <span className="dim">{row.subtitle}</span>
          </span>
          {index === matches.index && <Kbd keys="Enter" />}
        </div>
      ))}
    </div>
  );
}
