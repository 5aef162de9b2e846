import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { Button, IconButton } from './button';

/** What a toast offers besides its words. */
interface ToastOffer {
  undo?: () => void;
}

const UNDO_MS = 10_000;
const WORDS_MS = 6_000;
const manager = Base.createToastManager<ToastOffer>();
/** Undos still on offer, the latest last. */
const offered = new Map<string, () => void>();

/**
 * Shows a short message. With `undo` it stays ten seconds (longer while hovered or focused) and
 * can be undone by its button, or by the undo key through `undoLatest`. Returns what the Undo button
 * does, for a second one elsewhere; only the first of them takes effect.
 */
export function showToast(
  message: string,
  level: 'info' | 'warning' | 'error' = 'info',
  undo?: () => void,
): () => void {
  const id: string = manager.add({
    title: message,
    type: level,
    priority: level === 'error' ? 'high' : 'low',
    timeout: undo ? UNDO_MS : WORDS_MS,
    data: { undo: undo && (() => takeUndo(id)) },
    onClose: () => {
      offered.delete(id);
    },
  });
  if (undo) offered.set(id, undo);
  return () => takeUndo(id);
}

function takeUndo(id: string): void {
  const undo = offered.get(id);
  offered.delete(id);
  manager.close(id);
  undo?.();
}

/** Runs the undo offered last; false when none is on offer. */
export function undoLatest(): boolean {
  const id = [...offered.keys()].pop();
  if (id === undefined) return false;
  takeUndo(id);
  return true;
}

/** The corner where toasts appear; F6 moves the focus there. Once per window. */
export function Toasts() {
  return (
    <Base.Provider toastManager={manager} limit={3} timeout={WORDS_MS}>
      <Base.Portal>
        <Base.Viewport className="toasts">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts } = Base.useToastManager<ToastOffer>();
  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className="toast">
      <Base.Content className="toast-content">
        <Base.Title className="toast-text" render={<p />} />
        {toast.data?.undo && (
          <Button tone="quiet" keys="CommandOrControl+Z" onClick={toast.data.undo}>
            Undo
          </Button>
        )}
        <Base.Close
          render={
            <IconButton label="Dismiss">
              <X size={14} aria-hidden />
            </IconButton>
          }
        />
      </Base.Content>
    </Base.Root>
  ));
}
