import { RecordList } from '../lists/RecordList';

/** All companies of the workspace as a table. */
export function CompaniesView() {
  return <RecordList object="company" />;
}
