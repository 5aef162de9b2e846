/** A condition tree, from REST text or from a GraphQL argument. */
export type FilterTree =
  | { and: readonly FilterTree[] }
  | { or: readonly FilterTree[] }
  | { not: FilterTree }
  | Condition;

export interface Condition {
  /** `['name', 'firstName']`, `['companyId']`, `['company', 'name']`. */
  path: readonly string[];
  /** Comparator as the client wrote it. */
  op: string;
  value: unknown;
}

export function isCondition(tree: FilterTree): tree is Condition {
  return 'path' in tree;
}

/** Every condition of a tree. */
export function conditionsOf(tree: FilterTree): Condition[] {
  if (isCondition(tree)) return [tree];
  if ('not' in tree) return conditionsOf(tree.not);
  return ('and' in tree ? tree.and : tree.or).flatMap(conditionsOf);
}

/** Any mention of `deletedAt` makes the trash visible. */
export function mentionsTrash(tree: FilterTree | undefined): boolean {
  return tree !== undefined && conditionsOf(tree).some((condition) => condition.path[0] === 'deletedAt');
}
