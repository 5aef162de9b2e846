import { Lock, Plus, Search } from 'lucide-react';
import { lazy, Suspense, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import './deals.css';
import type { ConnectionView } from '../../shared/app/connections';
import type { ObjectMeta } from '../../shared/crm';
import { OfflineLine } from '../app/OfflineLine';
import { useApp } from '../app/state';
import { useNow } from '../app/time';
import { askedWith, whyNotWritable } from '../fields/rights';
import { AskedDialog } from '../forms/AskedDialog';
import { RecordForm } from '../forms/RecordForm';
import { ObjectGate } from '../lists/ObjectGate';
import { RecordList } from '../lists/RecordList';
import { RecordPane } from '../lists/RecordPane';
import { useWhole } from '../lists/whole';
import { changeSettings } from '../settings/change';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Segmented } from '../ui/segmented';
import { Spinner } from '../ui/spinner';
import { Switch } from '../ui/switch';
import { useViewKey } from '../ui/view-key';
import { Board, focusCurrent } from './Board';
import type { CardContext } from './DealCard';
import { type Deal, dealOf, isOpen, keepsContractTypes, sumsOf, sumsText } from './deal';
import { fits } from './fits';
import { saveMove } from './move';
import { NoDeals, NothingFound } from './NoDeals';
import { type Stage, stageField, stagesOf, weightsOf } from './stages';
import { type Deals, type DealsMode, dealsIn } from './store';

/** The charts come when they are looked at, so that the app starts without them. */
const ForecastView = lazy(async () => ({ default: (await import('./ForecastView')).ForecastView }));

/** Deals as a board by stage, as a list, or as charts. */
export function DealsView() {
  return (
    <ObjectGate object="opportunity">
      {(connection, meta) => <Loaded key={connection.id} connection={connection} meta={meta} />}
    </ObjectGate>
  );
}

const MODES: readonly { value: DealsMode; label: string }[] = [
  { value: 'board', label: 'Board' },
  { value: 'list', label: 'List' },
  { value: 'forecast', label: 'Forecast' },
];

function Loaded({ connection, meta }: { connection: ConnectionView; meta: ObjectMeta }) {
  const deals = dealsIn(connection.id);
  const mode = useStore(deals.view, (state) => state.mode);
  const choose = (
    <Segmented
      label="Show deals as"
      value={mode}
      options={MODES}
      onChange={(next) => deals.view.setState({ mode: next })}
    />
  );
  if (mode === 'list') return <RecordList object="opportunity" title="Deals" extra={choose} />;
  return <Overview deals={deals} connection={connection} meta={meta} choose={choose} />;
}

interface OverviewProps {
  deals: Deals;
  connection: ConnectionView;
  meta: ObjectMeta;
  /** The switch between board, list and charts. */
  choose: React.ReactNode;
}

function Overview({ deals, connection, meta, choose }: OverviewProps) {
  const { records, labels, pending, error } = useWhole(deals.whole);
  const {
    mode,
    text: typedText,
    open: opened,
    asking,
  } = useStore(
    deals.view,
    useShallow(({ mode, text, open, asking }) => ({ mode, text, open, asking })),
  );
  const kept = useApp((store) => store.state?.settings.stageWeights) ?? NO_WEIGHTS;
  const monthly = useApp((store) => store.state?.settings.monthlyRetainers ?? true);
  const typed = keepsContractTypes(meta);
  const now = useNow(60_000);
  const pane = useRef<HTMLElement>(null);
  const [creating, setCreating] = useState<string | null>(null);
  const locked = whyNotWritable(connection, meta);
  const field = stageField(meta);

  const all = useMemo(() => [...(records?.values() ?? [])].map(dealOf), [records]);
  const before = useRef<readonly Stage[]>([]);
  const stages = useMemo(() => stagesOf(field, all, before.current), [field, all]);
  before.current = stages;
  const weights = useMemo(() => weightsOf(stages, connection.id, kept), [stages, connection.id, kept]);
  const open = useMemo(() => sumsOf(all.filter(({ stage }) => isOpen(weights.get(stage) ?? 0))), [all, weights]);
  const text = useDeferredValue(typedText);
  const shown = useMemo(
    () => (text.trim() === '' ? all : all.filter((deal) => fits(deal, labels, text))),
    [all, labels, text],
  );
  const context = useMemo<CardContext>(
    () => ({
      now: new Date(now),
      labels,
      pending,
      contractTypes: typed && monthly ? contractTypesOf(meta) : null,
    }),
    [now, labels, pending, typed, monthly, meta],
  );
  const show = (deal: Deal, focus: boolean): void => {
    deals.view.setState({ open: { object: 'opportunity', id: deal.id } });
    if (focus) requestAnimationFrame(() => pane.current?.focus());
  };
  const closePane = (): void => {
    deals.view.setState({ open: null });
    requestAnimationFrame(() => focusCurrent(document));
  };

  const nothing = records === null || records.size === 0;
  useViewKey('KeyN', locked === null ? () => setCreating('') : null);
  const asked = asking && field ? askedWith(meta, field, asking.stage.value) : null;
  return (
    <div className="page list deals" data-open={opened !== null || undefined}>
      <header className="page-head list-head">
        <h1>Deals</h1>
        <span className="dim deals-open cut" role="status">
          {open.size > 0 && `${sumsText(open)} open`}
        </span>
        {mode === 'board' && <DealSearch deals={deals} text={typedText} />}
        <span className="deals-gap" />
        {typed && mode === 'board' && (
          <span className="row deals-monthly">
            <span className="dim">Retainers per month</span>
            <Switch
              label="Retainers per month"
              checked={monthly}
              onChange={(monthlyRetainers) => void changeSettings({ monthlyRetainers })}
            />
          </span>
        )}
        {choose}
        {locked === null ? (
          <Button tone="accent" icon={<Plus size={14} aria-hidden />} keys="N" onClick={() => setCreating('')}>
            New deal
          </Button>
        ) : (
          <span className="dim list-locked" title={locked}>
            <Lock size={13} aria-hidden /> <span className="cut">{locked}</span>
          </span>
        )}
      </header>
      <OfflineLine connection={connection} />
      {error !== null && !nothing && (
        <p className="deals-error field-note" data-level="error" role="alert">
          {error} What is shown may be out of date.{' '}
          <Button tone="quiet" onClick={() => deals.whole.refresh()}>
            Try again
          </Button>
        </p>
      )}
      <div className="list-columns">
        {nothing ? (
          <NoDeals
            connection={connection}
            error={error}
            loading={records === null}
            onRetry={() => deals.whole.refresh()}
            onCreate={locked === null ? () => setCreating('') : null}
          />
        ) : mode === 'board' && shown.length === 0 ? (
          <NothingFound onClear={() => deals.view.setState({ text: '' })} />
        ) : mode === 'board' ? (
          <Board
            deals={deals}
            meta={meta}
            shown={shown}
            stages={stages}
            weights={weights}
            context={context}
            locked={locked}
            onOpen={show}
            onCreate={setCreating}
          />
        ) : (
          <Suspense fallback={<EmptyState icon={<Spinner />} title="Drawing the charts" />}>
            <ForecastView
              deals={deals}
              all={all}
              stages={stages}
              weights={weights}
              connection={connection}
              now={context.now}
            />
          </Suspense>
        )}
        {opened !== null && mode === 'board' && <RecordPane target={opened} paneRef={pane} onClose={closePane} />}
      </div>
      {creating !== null && (
        <RecordForm
          object={meta}
          record={null}
          title=""
          given={creating === '' ? {} : { stage: creating }}
          onClose={() => setCreating(null)}
          onSaved={(id) => deals.view.setState({ place: { stage: creating, id }, open: { object: 'opportunity', id } })}
        />
      )}
      {asking !== null && asked !== null && (
        <AskedDialog
          object={meta}
          field={asked}
          record={{ id: asking.deal.id, title: asking.deal.name }}
          onClose={() => deals.view.setState({ asking: null })}
          onAnswer={(values) => {
            deals.view.setState({ asking: null });
            if (asking) void saveMove(deals, asking.deal, asking.stage, values);
          }}
        />
      )}
    </div>
  );
}

const NO_WEIGHTS: Readonly<Record<string, number>> = {};

function DealSearch({ deals, text }: { deals: Deals; text: string }) {
  return (
    <label className="list-search">
      <Search size={14} aria-hidden />
      <input
        type="search"
        aria-label="Search deals"
        placeholder="Search deals"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => deals.view.setState({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.stopPropagation();
          deals.view.setState({ text: '' });
        }}
      />
    </label>
  );
}

function contractTypesOf(meta: ObjectMeta): ReadonlyMap<string, string> {
  const options = meta.fields.find((field) => field.name === 'contractType')?.options ?? [];
  return new Map(options.map(({ value, label }) => [value, label]));
}
