import { CircleAlert, Clock } from 'lucide-react';
import type { PointerEvent } from 'react';
import { formatDay, formatMoney } from '../../shared/crm';
import type { Deal } from './deal';
import { isLate, isRetainer, monthlyText } from './deal';

/** What the cards of one board share. */
export interface CardContext {
  now: Date;
  /** Names of companies by id. */
  labels: Readonly<Record<string, string>>;
  pending: ReadonlySet<string>;
  /** Labels of contract types by value; null where retainers are not shown by month. */
  contractTypes: ReadonlyMap<string, string> | null;
}

interface DealCardProps {
  deal: Deal;
  context: CardContext;
  /** Percent. */
  weight: number;
  index: number;
  count: number;
  active: boolean;
  /** True while it is dragged: its place stays, faded. */
  lifted: boolean;
  /** Pixels. */
  top: number;
  height: number;
  onPress: (event: PointerEvent, id: string) => void;
  onOpen: () => void;
}

const LINE_REM = 1.1875;
const FRAME_REM = 1.625;

/** Height of a card with the gap below it, in rem, so that a column can place its cards without measuring. */
export function cardRem(deal: Deal, context: CardContext): number {
  const lines = [hasAmount(deal, context), hasMonthly(deal, context), hasPlace(deal, context)];
  return FRAME_REM + (1 + lines.filter(Boolean).length) * LINE_REM;
}

/** The element id of a card, for aria-activedescendant. */
export function cardId(id: string): string {
  return `deal-${id}`;
}

/** One deal on the board. */
export function DealCard(props: DealCardProps) {
  const { deal, context, weight, index, count, active, lifted, top, height, onPress, onOpen } = props;
  const late = isLate(deal, weight, context.now);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the column handles the keys of its cards.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the column; aria-activedescendant names the card.
    <div
      className="deal"
      role="option"
      id={cardId(deal.id)}
      aria-selected={active}
      aria-posinset={index + 1}
      aria-setsize={count}
      data-lifted={lifted || undefined}
      style={{ height, transform: `translateY(${top}px)` }}
      onPointerDown={(event) => onPress(event, deal.id)}
      onClick={onOpen}
    >
      <div className="deal-card">
        <p className="deal-name">
          <span className="cut">{deal.name}</span>
          {context.pending.has(deal.id) && (
            <>
              <Clock size={12} aria-hidden className="deal-pending" />
              <span className="visually-hidden">, waiting to be sent</span>
            </>
          )}
        </p>
        {hasAmount(deal, context) && <p className="cut dim">{amountText(deal, context)}</p>}
        {hasMonthly(deal, context) && <p className="cut dim">{monthlyText(deal)}</p>}
        {hasPlace(deal, context) && (
          <p className="deal-place dim">
            <span className="cut">{companyOf(deal, context)}</span>
            {deal.closesAt !== null && (
              <span className={late ? 'deal-late' : undefined}>
                {late && (
                  <>
                    <CircleAlert size={12} aria-hidden />
                    <span className="visually-hidden">overdue, </span>
                  </>
                )}
                {formatDay(new Date(deal.closesAt).toISOString(), context.now)}
              </span>
            )}
          </p>
        )}
      </div>
    </div>
  );
}

function amountText(deal: Deal, { contractTypes }: CardContext): string {
  return [formatMoney(deal.amount, deal.currency), contractTypes?.get(deal.contractType)].filter(Boolean).join(' · ');
}

/** Asked for every card of a column, so it writes no words. */
function hasAmount(deal: Deal, { contractTypes }: CardContext): boolean {
  return deal.amount !== null || (contractTypes?.has(deal.contractType) ?? false);
}

function hasMonthly(deal: Deal, { contractTypes }: CardContext): boolean {
  return contractTypes !== null && isRetainer(deal);
}

function companyOf(deal: Deal, { labels }: CardContext): string {
  return deal.companyId === null ? '' : (labels[deal.companyId] ?? '');
}

function hasPlace(deal: Deal, context: CardContext): boolean {
  return deal.closesAt !== null || companyOf(deal, context) !== '';
}
