import { Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { MatonConnection } from '../../shared/app/connections';
import { Button, IconButton } from '../ui/button';
import { Chip } from '../ui/chip';
import { ConfirmDialog } from '../ui/dialog';
import { Spinner } from '../ui/spinner';
import { chooseMaton, createMaton, deleteMaton, isActive, listMaton, useConnect } from './store';

/** The gateway's connections to Twenty: list, choose, create in the browser, delete. */
export function MatonConnections() {
  const connections = useConnect((store) => store.maton);
  const chosen = useConnect((store) => store.matonChosen);
  const busy = useConnect((store) => store.busy);
  const hasKey = useConnect((store) => store.apiKey.trim() !== '');
  const [deleting, setDeleting] = useState<MatonConnection | null>(null);
  return (
    <fieldset className="maton">
      <legend className="field-label">Connection to Twenty</legend>
      {connections?.map((connection) => (
        <div className="maton-row" key={connection.id}>
          <label className="row grow">
            <input
              type="radio"
              name="maton-connection"
              checked={chosen === connection.id}
              disabled={!isActive(connection)}
              onChange={() => chooseMaton(connection.id)}
            />
            <span className="grow">
              <span className="cut maton-name">{connection.metadata || connection.id}</span>
              <span className="dim">
                {connection.method ?? 'Twenty'}
                {connection.createdAt && ` · since ${connection.createdAt.slice(0, 10)}`}
              </span>
            </span>
          </label>
          <Chip tone={isActive(connection) ? 'ok' : 'warn'}>{statusWords(connection.status)}</Chip>
          <IconButton
            label={`Delete connection ${connection.metadata || connection.id}`}
            onClick={() => setDeleting(connection)}
          >
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
      {connections?.length === 0 && (
        <p className="dim">No connection yet. Create one: Maton asks for your Twenty in the browser.</p>
      )}
      {busy === 'creating' && (
        <p className="row" role="status">
          <Spinner /> Finish in the browser. This waits until the connection is active.
        </p>
      )}
      <div className="row maton-acts">
        <Button
          icon={<RefreshCw size={14} aria-hidden />}
          disabled={!hasKey}
          busy={busy === 'listing'}
          onClick={() => void listMaton()}
        >
          {connections === null ? 'Show connections' : 'Refresh'}
        </Button>
        <Button
          icon={<Plus size={14} aria-hidden />}
          disabled={!hasKey}
          busy={busy === 'creating'}
          onClick={() => void createMaton()}
        >
          New connection
        </Button>
      </div>
      <ConfirmDialog
        open={deleting !== null}
        title="Delete this connection?"
        action="Delete"
        onClose={() => setDeleting(null)}
        onConfirm={() => {
          if (deleting) void deleteMaton(deleting.id);
          setDeleting(null);
        }}
      >
        <p>
          “{deleting?.metadata || deleting?.id}” is deleted at Maton. Everything that uses it, here and elsewhere, loses
          its way to Twenty.
        </p>
      </ConfirmDialog>
    </fieldset>
  );
}

function statusWords(status: string): string {
  const lower = status.toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
