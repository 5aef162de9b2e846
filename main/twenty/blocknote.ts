import { randomUUID } from 'node:crypto';
import type { List, ListItem, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** A run of text, or a link around runs, in BlockNote's form. */
export type Inline =
  | { type: 'text'; text: string; styles: Record<string, boolean> }
  | { type: 'link'; href: string; content: Inline[] };

/** One block of Twenty's editor. `content` is a list of runs, or a table. */
export interface Block {
  id: string;
  type: string;
  props: Record<string, unknown>;
  content: Inline[] | TableContent;
  children: Block[];
}
interface TableContent {
  type: 'tableContent';
  rows: { cells: Inline[][] }[];
}

const PROPS = { backgroundColor: 'default', textColor: 'default', textAlignment: 'left' };

/**
 * Markdown as the JSON text of BlockNote blocks, for servers whose `body` takes nothing else. Only
 * block types that editors of that age know are used: a quote becomes paragraphs that begin with
 * `> `. Empty markdown is the empty text. The answer is always a JSON array of blocks or ''.
 */
export function blocknoteOf(markdown: string): string {
  if (markdown.trim() === '') return '';
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return JSON.stringify(tree.children.flatMap(blocksOf));
}

function block(
  type: string,
  content: Block['content'],
  props: Record<string, unknown> = {},
  children: Block[] = [],
): Block {
  return { id: randomUUID(), type, props: { ...PROPS, ...props }, content, children };
}

function blocksOf(node: RootContent): Block[] {
  switch (node.type) {
    case 'heading':
      return [block('heading', inlines(node.children), { level: Math.min(3, node.depth) })];
    case 'paragraph':
      return [block('paragraph', inlines(node.children))];
    case 'list':
      return node.children.flatMap((item) => itemBlocks(item, node));
    case 'blockquote':
      return node.children.flatMap(blocksOf).map(quoted);
    case 'code':
      return [{ ...block('codeBlock', [run(node.value, {})]), props: { language: node.lang ?? 'text' } }];
    case 'table':
      return [{ ...block('table', tableOf(node)), props: { textColor: 'default' } }];
    case 'thematicBreak':
      return [block('paragraph', [run('---', {})])];
    case 'html':
      return [block('paragraph', [run(node.value, {})])];
    case 'definition':
      return [block('paragraph', [run(`[${node.label ?? node.identifier}]: ${node.url}`, {})])];
    case 'footnoteDefinition':
      return node.children.flatMap(blocksOf);
    default:
      return [];
  }
}

function itemBlocks(item: ListItem, list: List): Block[] {
  const [first, ...rest] = item.children;
  const content = first?.type === 'paragraph' ? inlines(first.children) : [];
  const children = (first?.type === 'paragraph' ? rest : item.children).flatMap(blocksOf);
  if (typeof item.checked === 'boolean') {
    return [block('checkListItem', content, { checked: item.checked }, children)];
  }
  const start = list.start ?? 1;
  const numbering = list.ordered && start !== 1 && list.children[0] === item ? { start } : {};
  return [block(list.ordered ? 'numberedListItem' : 'bulletListItem', content, numbering, children)];
}

function quoted(inner: Block): Block {
  if (!Array.isArray(inner.content)) return inner;
  return { ...inner, content: [run('> ', {}), ...inner.content] };
}

function tableOf(table: Table): TableContent {
  return {
    type: 'tableContent',
    rows: table.children.map((row) => ({ cells: row.children.map((cell) => inlines(cell.children)) })),
  };
}

function run(text: string, styles: Record<string, boolean>): Inline {
  return { type: 'text', text, styles };
}

function inlines(nodes: readonly PhrasingContent[], styles: Record<string, boolean> = {}): Inline[] {
  return merge(nodes.flatMap((node) => inlineOf(node, styles)));
}

function inlineOf(node: PhrasingContent, styles: Record<string, boolean>): Inline[] {
  switch (node.type) {
    case 'text':
      return [run(node.value, styles)];
    case 'strong':
      return inlines(node.children, { ...styles, bold: true });
    case 'emphasis':
      return inlines(node.children, { ...styles, italic: true });
    case 'delete':
      return inlines(node.children, { ...styles, strike: true });
    case 'inlineCode':
      return [run(node.value, { ...styles, code: true })];
    case 'break':
      return [run('\n', styles)];
    case 'link':
      return [{ type: 'link', href: node.url, content: inlines(node.children, styles) }];
    case 'image':
      return [{ type: 'link', href: node.url, content: [run(node.alt || node.url, styles)] }];
    case 'html':
      return [run(node.value, styles)];
    case 'linkReference':
      return inlines(node.children, styles);
    case 'imageReference':
      return [run(node.alt ?? '', styles)];
    case 'footnoteReference':
      return [run(`[^${node.label ?? node.identifier}]`, styles)];
    default:
      return [];
  }
}

/** Neighbouring runs with the same styles are one run, as the editor has it. */
function merge(runs: Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const next of runs) {
    const last = merged.at(-1);
    if (last?.type === 'text' && next.type === 'text' && JSON.stringify(last.styles) === JSON.stringify(next.styles)) {
      merged[merged.length - 1] = run(last.text + next.text, last.styles);
    } else if (next.type !== 'text' || next.text !== '') {
      merged.push(next);
    }
  }
  return merged;
}
