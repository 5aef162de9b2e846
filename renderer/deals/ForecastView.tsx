import { useMemo } from 'react';
import { useStore } from 'zustand';
import './forecast.css';
import type { ConnectionView } from '../../shared/app/connections';
import { useConnection } from '../app/state';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { BarTable } from './BarTable';
import type { Deal } from './deal';
import { FunnelChart } from './FunnelChart';
import { currenciesOf, forecastOf, funnelOf } from './forecast';
import { MonthsChart } from './MonthsChart';
import type { Stage } from './stages';
import type { Deals } from './store';
import { WeightField } from './WeightField';
import { resetWeights, useKeptWeights } from './weights';

interface ForecastViewProps {
  deals: Deals;
  all: readonly Deal[];
  stages: readonly Stage[];
  /** Percent by stage. */
  weights: ReadonlyMap<string, number>;
  connection: ConnectionView;
  now: Date;
}

/** What the deals are expected to bring by month, and how they stand by stage: a chart each, with its numbers beside. */
export function ForecastView({ deals, all, stages, weights, connection, now }: ForecastViewProps) {
  const chosen = useStore(deals.view, (state) => state.currency);
  const currencies = useMemo(() => currenciesOf(all), [all]);
  const currency = chosen !== null && currencies.includes(chosen) ? chosen : (currencies[0] ?? '');
  // Months change at midnight, not with every minute.
  const day = now.toDateString();
  const months = useMemo(() => forecastOf(all, weights, currency, new Date(day)), [all, weights, currency, day]);
  const funnel = useMemo(() => funnelOf(all, stages, weights, currency), [all, stages, weights, currency]);
  const kept = useKeptWeights(connection.id);
  const workspace = useConnection()?.name ?? '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can scroll must be reachable by keyboard.
    <section className="forecast" aria-label="Forecast" tabIndex={0}>
      {currencies.length > 1 && (
        <div className="row forecast-currency">
          <span className="dim">Amounts in</span>
          <Select
            label="Currency of the charts"
            value={currency}
            options={currencies.map((code) => ({ value: code, label: code || 'no currency' }))}
            onChange={(next) => deals.view.setState({ currency: next })}
          />
          <span className="dim">Amounts are never converted; each currency has its own charts.</span>
        </div>
      )}
      <section className="forecast-part" aria-labelledby="forecast-months">
        <div>
          <h2 id="forecast-months">Forecast by month of close date</h2>
          <p className="dim">Each amount by how likely its stage is won. Lost deals are left out.</p>
        </div>
        <MonthsChart bars={months} currency={currency} />
        <BarTable caption="Forecast by month" first="Month" bars={months} currency={currency} />
      </section>
      <section className="forecast-part" aria-labelledby="forecast-stages">
        <div>
          <h2 id="forecast-stages">Deals by stage</h2>
          <p className="dim">
            How likely a stage is won is yours to set, for {workspace} on this machine: 0 % counts as lost, 100 % as
            won.{' '}
            {kept && (
              <Button tone="quiet" onClick={() => resetWeights(connection.id)}>
                Use the usual ones
              </Button>
            )}
          </p>
        </div>
        <FunnelChart bars={funnel} stages={stages} currency={currency} />
        <BarTable
          caption="Deals by stage"
          first="Stage"
          bars={funnel}
          currency={currency}
          more={{
            label: 'Likely',
            cell: (bar) => (
              <WeightField
                connectionId={connection.id}
                stage={bar.key}
                label={bar.label}
                weight={weights.get(bar.key) ?? 0}
              />
            ),
          }}
        />
      </section>
    </section>
  );
}
