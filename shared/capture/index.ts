export { type DateLocale, type DateWords, keepDismissed } from './dates';
export * from './draft';
export * from './edit';
export * from './grammar';
export { type ActiveMention, linksAfterEdit, type Mention } from './mentions';
export type { Range } from './ranges';
