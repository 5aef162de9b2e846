export { type LabelOf, type SearchDoc, toSearchDoc } from './documents';
export { type SearchHits, type SearchHitView, SearchIndex, type SearchOptions } from './searchIndex';
