import { RecordList } from '../lists/RecordList';

/** All people of the workspace as a table. */
export function PeopleView() {
  return <RecordList object="person" />;
}
