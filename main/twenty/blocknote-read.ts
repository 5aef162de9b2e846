import type { BlockContent, List, ListItem, PhrasingContent, RootContent, TableRow } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { isObject, type Json } from './json';

/** What a note's BlockNote says, as far as markdown can. */
export interface ReadBlocks {
  readonly markdown: string;
  /** True when it holds what markdown cannot carry (colours, alignment, images, embeds): an edit would lose it. */
  richOnly: boolean;
}

/** Reads the JSON text of BlockNote blocks; null when it is none (then nothing is known about it). */
export function readBlocknote(text: string): ReadBlocks | null {
  if (text.trim() === '') return { markdown: '', richOnly: false };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const reading = new Reading();
  const children = reading.blocks(parsed);
  return {
    richOnly: reading.richOnly,
    // Made when asked for: most notes bring their markdown along.
    get markdown() {
      const options = { bullet: '-', emphasis: '*', listItemIndent: 'one', rule: '-' } as const;
      return toMarkdown({ type: 'root', children }, { extensions: [gfmToMarkdown()], ...options }).trimEnd();
    },
  };
}

const LISTS: Record<string, boolean> = { bulletListItem: false, numberedListItem: true, checkListItem: false };
/** Colours and alignment that are the editor's own defaults. */
const PLAIN: ReadonlySet<unknown> = new Set([undefined, null, '', 'default', 'left', false]);

class Reading {
  richOnly = false;

  blocks(list: readonly unknown[]): RootContent[] {
    const out: RootContent[] = [];
    for (const entry of list) {
      if (typeof entry === 'string') {
        if (entry !== '') out.push({ type: 'paragraph', children: [{ type: 'text', value: entry }] });
        continue;
      }
      if (!isObject(entry)) continue;
      this.noteProps(entry.props);
      const type = typeof entry.type === 'string' ? entry.type : '';
      if (type in LISTS) this.addItem(out, type, entry);
      else out.push(...this.plainBlock(type, entry));
    }
    return out;
  }

  private plainBlock(type: string, entry: Json): RootContent[] {
    const props = isObject(entry.props) ? entry.props : {};
    const nested = Array.isArray(entry.children) ? this.blocks(entry.children) : [];
    if (nested.length > 0) this.richOnly = true;
    switch (type) {
      case 'heading': {
        const level = Number(props.level);
        const depth = ([1, 2, 3, 4, 5, 6] as const).find((one) => one === level) ?? 1;
        return [{ type: 'heading', depth, children: this.inline(entry.content) }, ...nested];
      }
      case 'codeBlock':
        return [{ type: 'code', lang: codeLanguage(props.language), value: plainText(entry.content) }, ...nested];
      case 'quote':
        return [
          { type: 'blockquote', children: [{ type: 'paragraph', children: this.inline(entry.content) }] },
          ...nested,
        ];
      case 'table':
        return [...this.table(entry.content), ...nested];
      case 'paragraph':
        return [...this.paragraph(this.inline(entry.content)), ...nested];
      default: {
        this.richOnly = true;
        const url = typeof props.url === 'string' ? props.url : '';
        const label = [props.caption, props.name].find((one) => typeof one === 'string' && one !== '');
        const link: PhrasingContent[] = url
          ? [{ type: 'link', url, children: [{ type: 'text', value: String(label ?? url) }] }]
          : this.inline(entry.content);
        return [...this.paragraph(link), ...nested];
      }
    }
  }

  /** A paragraph; one that begins with `> ` is the quote that `blocknoteOf` wrote. */
  private paragraph(children: PhrasingContent[]): RootContent[] {
    if (children.length === 0) return [];
    const [first, ...rest] = children;
    if (first?.type === 'text' && first.value === '---' && rest.length === 0) return [{ type: 'thematicBreak' }];
    if (first?.type === 'text' && first.value.startsWith('> ')) {
      const head: PhrasingContent = { type: 'text', value: first.value.slice(2) };
      return [{ type: 'blockquote', children: [{ type: 'paragraph', children: [head, ...rest] }] }];
    }
    return [{ type: 'paragraph', children }];
  }

  private addItem(out: RootContent[], type: string, entry: Json): void {
    const props = isObject(entry.props) ? entry.props : {};
    const item: ListItem = {
      type: 'listItem',
      spread: false,
      checked: type === 'checkListItem' ? props.checked === true : null,
      children: [
        { type: 'paragraph', children: this.inline(entry.content) },
        ...(Array.isArray(entry.children) ? this.blocks(entry.children).filter(isBlock) : []),
      ],
    };
    const ordered = LISTS[type] === true;
    const last = out.at(-1);
    const sameKind =
      last?.type === 'list' &&
      last.ordered === ordered &&
      (typeof last.children[0]?.checked === 'boolean') === (type === 'checkListItem');
    if (sameKind && typeof props.start !== 'number') last.children.push(item);
    else {
      const start = ordered ? (typeof props.start === 'number' ? props.start : 1) : null;
      const list: List = { type: 'list', ordered, start, spread: false, children: [item] };
      out.push(list);
    }
  }

  private table(content: unknown): RootContent[] {
    if (!isObject(content) || !Array.isArray(content.rows)) return [];
    const children = content.rows.map((row): TableRow => {
      const cells = isObject(row) && Array.isArray(row.cells) ? row.cells : [];
      return {
        type: 'tableRow',
        children: cells.map((cell) => {
          if (isObject(cell)) this.noteProps(cell.props);
          return { type: 'tableCell', children: this.inline(isObject(cell) ? cell.content : cell) };
        }),
      };
    });
    return children.length === 0 ? [] : [{ type: 'table', children }];
  }

  private inline(content: unknown): PhrasingContent[] {
    if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', value: content }];
    if (!Array.isArray(content)) return [];
    return content.flatMap((entry): PhrasingContent[] => {
      if (typeof entry === 'string') return [{ type: 'text', value: entry }];
      if (!isObject(entry)) return [];
      if (entry.type === 'link' && typeof entry.href === 'string') {
        return [{ type: 'link', url: entry.href, children: this.inline(entry.content).filter(isInsideLink) }];
      }
      if (typeof entry.text === 'string') return this.styled(entry.text, isObject(entry.styles) ? entry.styles : {});
      this.richOnly = true;
      const label = isObject(entry.props) ? (entry.props.label ?? entry.props.name) : null;
      return typeof label === 'string' ? [{ type: 'text', value: label }] : [];
    });
  }

  private styled(text: string, styles: Json): PhrasingContent[] {
    if (text === '') return [];
    this.noteProps(styles);
    if (styles.underline === true) this.richOnly = true;
    if (styles.code === true) return [{ type: 'inlineCode', value: text }];
    // Spaces at the edge of an emphasis would end it in markdown: they stay outside.
    const [, before = '', middle = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
    if (middle === '') return [{ type: 'text', value: text }];
    let node: PhrasingContent = { type: 'text', value: middle };
    if (styles.strike === true) node = { type: 'delete', children: [node] };
    if (styles.italic === true) node = { type: 'emphasis', children: [node] };
    if (styles.bold === true) node = { type: 'strong', children: [node] };
    const edges = node.type === 'text' ? [{ type: 'text' as const, value: text }] : null;
    return edges ?? [...space(before), node, ...space(after)];
  }

  private noteProps(props: unknown): void {
    if (!isObject(props)) return;
    if (!PLAIN.has(props.textColor) || !PLAIN.has(props.backgroundColor)) this.richOnly = true;
    if (!PLAIN.has(props.textAlignment) || props.isToggleable === true) this.richOnly = true;
  }
}

const space = (value: string): PhrasingContent[] => (value === '' ? [] : [{ type: 'text', value }]);

function codeLanguage(language: unknown): string | null {
  return typeof language === 'string' && language !== '' && language !== 'text' ? language : null;
}

function plainText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((entry) => (isObject(entry) && typeof entry.text === 'string' ? entry.text : '')).join('');
}

function isBlock(node: RootContent): node is BlockContent {
  return ['paragraph', 'heading', 'list', 'blockquote', 'code', 'table', 'thematicBreak', 'html'].includes(node.type);
}

function isInsideLink(node: PhrasingContent): boolean {
  return node.type !== 'link';
}
