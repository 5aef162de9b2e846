import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

/** What is the same for one whole operation. */
export interface Operation {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
  /** Fields that do not exist answer null instead of being left to validation. */
  lenient: boolean;
}

/** A field as it was asked for: its name, arguments and what is wanted inside. */
export interface Asked {
  name: string;
  node: FieldNode;
  selection: SelectionSetNode | null;
}

/** The fields of a selection by their key in the answer; fragments are opened, `@skip` and `@include` obeyed. */
export function fieldsOf(operation: Operation, selection: SelectionSetNode): Map<string, Asked> {
  const fields = new Map<string, Asked>();
  collect(operation, selection, fields);
  return fields;
}

function collect(operation: Operation, selection: SelectionSetNode, fields: Map<string, Asked>): void {
  for (const node of selection.selections) {
    if (!wanted(operation, node.directives ?? [])) continue;
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      const before = fields.get(key)?.selection;
      const own = node.selectionSet ?? null;
      const merged: SelectionSetNode | null =
        before && own ? { kind: Kind.SELECTION_SET, selections: [...before.selections, ...own.selections] } : own;
      fields.set(key, { name: node.name.value, node, selection: merged });
    } else if (node.kind === Kind.INLINE_FRAGMENT) collect(operation, node.selectionSet, fields);
    else {
      const fragment = operation.fragments.get(node.name.value);
      if (fragment) collect(operation, fragment.selectionSet, fields);
    }
  }
}

function wanted(operation: Operation, directives: FieldNode['directives'] & {}): boolean {
  return directives.every((directive) => {
    const condition = directive.arguments?.[0] && plain(operation, directive.arguments[0].value);
    if (directive.name.value === 'skip') return condition !== true;
    return directive.name.value !== 'include' || condition === true;
  });
}

/** The arguments of a field as plain JSON, variables filled in; those never given are left out. */
export function argumentsOf(operation: Operation, node: FieldNode): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const argument of node.arguments ?? []) {
    const value = plain(operation, argument.value);
    if (value !== undefined) values[argument.name.value] = value;
  }
  return values;
}

function plain(operation: Operation, value: ValueNode): unknown {
  return valueFromASTUntyped(value, { ...operation.variables });
}

/** Picks what was asked for out of plain JSON; lists are gone through. */
export function pick(operation: Operation, value: unknown, selection: SelectionSetNode | null): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(operation, item, selection));
  if (value === null || typeof value !== 'object' || !selection) return value ?? null;
  const source = value as Record<string, unknown>;
  const answer: Record<string, unknown> = {};
  for (const [key, asked] of fieldsOf(operation, selection))
    answer[key] = pick(operation, source[asked.name], asked.selection);
  return answer;
}
