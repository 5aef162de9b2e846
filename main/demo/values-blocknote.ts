interface Inline {
  type: string;
  text?: string;
  href?: string;
  styles?: Record<string, unknown>;
  content?: Inline[];
}
interface Block {
  id: string;
  type: string;
  props: Record<string, unknown>;
  content: unknown;
  children: Block[];
}

const PROPS = { backgroundColor: 'default', textColor: 'default', textAlignment: 'left' };

/** Markdown as BlockNote blocks: headings, lists, check lists, quotes, code, paragraphs with inline styles. */
export function blocknoteBlocks(markdown: string, newId: () => string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  let paragraph: string[] = [];
  const add = (type: string, props: Record<string, unknown>, content: unknown): void => {
    blocks.push({ id: newId(), type, props, content, children: [] });
  };
  const flush = (): void => {
    if (paragraph.length > 0) add('paragraph', PROPS, inlines(paragraph.join('\n ')));
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = /^```(\w*)/.exec(line);
    if (fence) {
      flush();
      const code: string[] = [];
      for (at += 1; at < lines.length && !(lines[at] ?? '').startsWith('```'); at++) code.push(lines[at] ?? '');
      add('codeBlock', { language: fence[1] || 'text' }, [{ type: 'text', text: code.join('\n'), styles: {} }]);
      continue;
    }
    const structured = structure(line);
    if (!structured && line.trim() !== '') {
      paragraph.push(line.trim());
      continue;
    }
    flush();
    if (structured) add(structured.type, structured.props, inlines(structured.text));
  }
  flush();
  return blocks;
}

function structure(line: string): { type: string; props: Record<string, unknown>; text: string } | null {
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading)
    return {
      type: 'heading',
      props: { ...PROPS, level: (heading[1] ?? '').length, isToggleable: false },
      text: heading[2] ?? '',
    };
  const check = /^\s*[-*+] \[([ xX])\]\s+(.*)$/.exec(line);
  if (check) return { type: 'checkListItem', props: { ...PROPS, checked: check[1] !== ' ' }, text: check[2] ?? '' };
  const bullet = /^\s*[-*+]\s+(.*)$/.exec(line);
  if (bullet) return { type: 'bulletListItem', props: PROPS, text: bullet[1] ?? '' };
  const numbered = /^\s*\d+[.)]\s+(.*)$/.exec(line);
  if (numbered) return { type: 'numberedListItem', props: PROPS, text: numbered[1] ?? '' };
  const quote = /^>\s?(.*)$/.exec(line);
  if (quote)
    return { type: 'quote', props: { backgroundColor: 'default', textColor: 'default' }, text: quote[1] ?? '' };
  return null;
}

const MARKS = /\*\*(.+?)\*\*|\*(.+?)\*|`([^`]+)`|~~(.+?)~~|\[([^\]]+)\]\(([^)\s]+)\)/;

function inlines(text: string): Inline[] {
  const output: Inline[] = [];
  let rest = text;
  for (let match = MARKS.exec(rest); match; match = MARKS.exec(rest)) {
    if (match.index > 0) output.push({ type: 'text', text: rest.slice(0, match.index), styles: {} });
    const [whole, bold, italic, code, strike, label, href] = match;
    if (label !== undefined && href !== undefined) output.push({ type: 'link', href, content: inlines(label) });
    else if (bold !== undefined) output.push({ type: 'text', text: bold, styles: { bold: true } });
    else if (italic !== undefined) output.push({ type: 'text', text: italic, styles: { italic: true } });
    else if (code !== undefined) output.push({ type: 'text', text: code, styles: { code: true } });
    else output.push({ type: 'text', text: strike ?? '', styles: { strike: true } });
    rest = rest.slice(match.index + whole.length);
  }
  if (rest !== '') output.push({ type: 'text', text: rest, styles: {} });
  return output;
}

/** BlockNote blocks as markdown in the server's own style: `*` bullets, a newline at the end. */
export function markdownFromBlocks(blocks: readonly unknown[]): string {
  const parts = render(blocks, '');
  return parts === '' ? '' : `${parts}\n`;
}

function render(blocks: readonly unknown[], indent: string): string {
  let output = '';
  let number = 0;
  let previous = '';
  for (const value of blocks) {
    const block = (value !== null && typeof value === 'object' ? value : {}) as Partial<Block>;
    const type = block.type ?? 'paragraph';
    number = type === 'numberedListItem' ? number + 1 : 0;
    const text = plain(block.content);
    const props = block.props ?? {};
    let line = text;
    if (type === 'heading') line = `${'#'.repeat(Number(props.level ?? 1))} ${text}`;
    else if (type === 'bulletListItem') line = `* ${text}`;
    else if (type === 'numberedListItem') line = `${number}. ${text}`;
    else if (type === 'checkListItem') line = `* [${props.checked ? 'x' : ' '}] ${text}`;
    else if (type === 'quote') line = `> ${text}`;
    else if (type === 'codeBlock') line = `\`\`\`${String(props.language ?? '')}\n${text}\n\`\`\``;
    if (output !== '') output += type === previous && type.endsWith('ListItem') ? '\n' : '\n\n';
    output += indent + line;
    if (Array.isArray(block.children) && block.children.length > 0)
      output += `\n${render(block.children, `${indent}  `)}`;
    previous = type;
  }
  return output;
}

function plain(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((entry: unknown) => styled((entry ?? {}) as Inline)).join('');
}

function styled(entry: Inline): string {
  if (entry.type === 'link') return `[${plain(entry.content)}](${entry.href ?? ''})`;
  let text = entry.text ?? '';
  const styles = entry.styles ?? {};
  if (styles.code) text = `\`${text}\``;
  if (styles.bold) text = `**${text}**`;
  if (styles.italic) text = `*${text}*`;
  if (styles.strike) text = `~~${text}~~`;
  return text;
}
