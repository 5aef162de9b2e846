import { Copy, ExternalLink, Mail, Phone, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import './record.css';
import type { Card, LabelledRef, RecordRef } from '../../shared/app/contacts';
import type { FieldMeta } from '../../shared/crm';
import { useConnection } from '../app/state';
import { useObject } from '../fields/metadata';
import { RecordFields } from '../fields/RecordFields';
import { whyNotWritable } from '../fields/rights';
import { RecordActions } from '../forms/RecordActions';
import { Avatar } from '../ui/avatar';
import { Button, IconButton } from '../ui/button';
import { Chip } from '../ui/chip';
import { Kbd } from '../ui/kbd';
import { captureAbout, copyFrom, openFrom, refOf } from './actions';
import { type CardRow, type CopyWhat, cardRows, isDeleted, type OpenWhat } from './fields';
import { LinkedTo } from './LinkedTo';
import { RefButton } from './RefButton';
import { Timeline } from './Timeline';

interface RecordCardProps {
  card: Card;
  /** Shows another record named on the card. */
  onOpen: (ref: RecordRef) => void;
}

const ADDED = [
  { kind: 'note', label: 'Note', keys: 'N' },
  { kind: 'task', label: 'Task', keys: 'T' },
] as const;

/** A record with everything to act on: its fields, deals, people, timeline. */
export function RecordCard({ card, onOpen }: RecordCardProps) {
  const ref = refOf(card);
  const locked = whyNotWritable(useConnection(), null);
  const rows = cardRows(card);
  const linked = card.object === 'note' || card.object === 'task';
  // Until the workspace's fields are known, what every workspace has is shown.
  const described = useObject(card.object) !== null;
  const shown = (field: FieldMeta): ReactNode => {
    const acts = rows.filter((row) => row.field === field.name && (row.copy !== null || row.open !== null));
    return acts.length === 0 ? null : acts.map((row) => <RowValue key={row.key} row={row} target={ref} />);
  };
  return (
    <div className="record">
      <div className="record-columns">
        <div>
          <header className="record-head">
            <Avatar name={card.title} id={ref.id} shape={card.object === 'person' ? 'round' : 'square'} size="large" />
            <div className="grow">
              <h2>{card.title}</h2>
              <p className="dim">
                <Subtitle text={card.subtitle} company={card.company} onOpen={onOpen} />
              </p>
            </div>
            {card.pending && <Chip tone="warn">Waiting to be sent</Chip>}
            {isDeleted(card.record) && <Chip tone="bad">Deleted</Chip>}
            <div className="record-head-acts">
              <Button shape="pill" keys="CommandOrControl+O" onClick={() => void openFrom(ref, 'twenty', 0)}>
                Open in Twenty
              </Button>
              <RecordActions object={card.object} record={card.record} title={card.title} onOpen={onOpen} />
            </div>
          </header>
          <RecordFields object={card.object} record={card.record} title={card.title} onOpen={onOpen} shown={shown} />
          <dl className="record-fields">
            {!described &&
              rows.map((row) => (
                <div className="record-row" key={row.key}>
                  <dt className="dim">{row.label}</dt>
                  <dd>
                    <RowValue row={row} target={ref} />
                  </dd>
                </div>
              ))}
            {!described && card.company && !card.subtitle.includes(card.company.label) && (
              <RefRow label="Company">
                <RefButton target={card.company} onOpen={onOpen} />
              </RefRow>
            )}
            {card.deals.map((deal, index) => (
              <RefRow key={deal.id} label={index > 0 ? '' : card.deals.length > 1 ? 'Deals' : 'Deal'}>
                <span className="dot" data-tag={deal.stageColor.toLowerCase()} />
                <span className="cut">{[deal.label, deal.stageLabel, deal.amount].filter(Boolean).join(' · ')}</span>
              </RefRow>
            ))}
            {!linked && card.people.length > 0 && (
              <RefRow label="People">
                <span className="record-people">
                  {card.people.map((person) => (
                    <Button
                      key={person.id}
                      shape="pill"
                      icon={<Avatar name={person.label} id={person.id} />}
                      title={person.detail || undefined}
                      onClick={() => onOpen({ object: person.object, id: person.id })}
                    >
                      {person.label}
                    </Button>
                  ))}
                </span>
              </RefRow>
            )}
          </dl>
          {linked && <LinkedTo card={card} locked={locked} onOpen={onOpen} />}
        </div>
        {!linked && (
          <div>
            <div className="record-timeline-head">
              <h3 className="grow">Timeline</h3>
              {ADDED.map(({ kind, label, keys }) =>
                locked === null ? (
                  <Button
                    key={kind}
                    shape="pill"
                    keys={keys}
                    icon={<Plus size={13} aria-hidden />}
                    onClick={() => void captureAbout(ref, kind)}
                  >
                    {label}
                  </Button>
                ) : null,
              )}
            </div>
            <Timeline key={ref.id} card={card} target={ref} onOpen={onOpen} />
          </div>
        )}
      </div>
    </div>
  );
}

function Subtitle({
  text,
  company,
  onOpen,
}: {
  text: string;
  company: LabelledRef | null;
  onOpen: (ref: RecordRef) => void;
}) {
  const at = company === null || company.label === '' ? -1 : text.indexOf(company.label);
  if (company === null || at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <RefButton target={company} onOpen={onOpen} />
      {text.slice(at + company.label.length)}
    </>
  );
}

function RefRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="record-row">
      <dt className="dim">{label}</dt>
      <dd className="record-value row">{children}</dd>
    </div>
  );
}

const OPEN_WORDS: Readonly<Record<OpenWhat, string>> = {
  mail: 'Write an e-mail to',
  call: 'Call',
  linkedin: 'Open LinkedIn',
  x: 'Open X',
  website: 'Open website',
};
const COPY_WORDS: Readonly<Record<CopyWhat, string>> = {
  email: 'Copy e-mail',
  phone: 'Copy phone',
  address: 'Copy address',
};
const OPEN_ICONS: Readonly<Record<OpenWhat, typeof Mail>> = {
  mail: Mail,
  call: Phone,
  linkedin: ExternalLink,
  x: ExternalLink,
  website: ExternalLink,
};

/** A value with what can be done with it. */
function RowValue({ row, target }: { row: CardRow; target: RecordRef }) {
  const { copy, open } = row;
  const OpenIcon = open === null ? null : OPEN_ICONS[open];
  return (
    <div className="record-value">
      <span className="record-text">{row.value}</span>
      <span className="record-acts">
        {open !== null && OpenIcon !== null && (
          <IconButton
            label={`${OPEN_WORDS[open]}${open === 'mail' || open === 'call' ? ` ${row.value}` : ''}`}
            onClick={() => void openFrom(target, open, row.index)}
          >
            <OpenIcon size={14} aria-hidden />
          </IconButton>
        )}
        {copy !== null && (
          <IconButton label={`${COPY_WORDS[copy]} ${row.value}`} onClick={() => void copyFrom(target, copy, row.index)}>
            <Copy size={14} aria-hidden />
          </IconButton>
        )}
        {(row.copyKeys ?? row.openKeys) !== undefined && <Kbd keys={row.copyKeys ?? row.openKeys ?? ''} />}
      </span>
    </div>
  );
}
