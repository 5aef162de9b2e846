import { RecordList } from '../lists/RecordList';

/** All notes of the workspace. */
export function NotesView() {
  return <RecordList object="note" />;
}
