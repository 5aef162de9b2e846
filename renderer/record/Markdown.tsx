import type { Nodes, Table, TableRow } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { createElement, Fragment, memo, type ReactNode } from 'react';
import { invoke, messageOf } from '../bridge';
import { showToast } from '../ui/toast';

/** Beyond this a note is shown as plain text: parsing must never hold the window. */
const MAX_PARSED = 100_000;
const MAX_DEPTH = 40;

/** Markdown as React nodes. HTML in it stays text, images become links, links open through main's allow-list. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  if (text.length > MAX_PARSED) return <p className="markdown-plain">{text}</p>;
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return <div className="markdown">{render(tree, 0)}</div>;
});

/** Several nodes as one; spread, so that none needs a key: a parsed text never reorders. */
function all(nodes: readonly Nodes[], depth: number): ReactNode {
  return createElement(Fragment, null, ...nodes.map((node) => render(node, depth)));
}

function render(node: Nodes, depth: number): ReactNode {
  if (depth > MAX_DEPTH) return '…';
  const inside = (): ReactNode => ('children' in node ? all(node.children, depth + 1) : null);
  switch (node.type) {
    case 'root':
      return inside();
    case 'paragraph':
      return <p>{inside()}</p>;
    case 'heading':
      // The page's own headings come first: a note starts below them.
      return createElement(`h${Math.min(6, node.depth + 3)}`, null, inside());
    case 'strong':
      return <strong>{inside()}</strong>;
    case 'emphasis':
      return <em>{inside()}</em>;
    case 'delete':
      return <s>{inside()}</s>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return (
        <pre>
          <code>{node.value}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{inside()}</blockquote>;
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{inside()}</ol> : <ul>{inside()}</ul>;
    case 'listItem':
      return (
        <li data-checked={node.checked ?? undefined}>
          {typeof node.checked === 'boolean' && <span aria-hidden="true">{node.checked ? '☑ ' : '☐ '}</span>}
          {typeof node.checked === 'boolean' && (
            <span className="visually-hidden">{node.checked ? 'Done: ' : 'Open: '}</span>
          )}
          {inside()}
        </li>
      );
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'link':
      return <SafeLink url={node.url}>{inside()}</SafeLink>;
    case 'image':
      return <SafeLink url={node.url}>{node.alt || 'image'}</SafeLink>;
    case 'table':
      return renderTable(node, depth);
    case 'text':
    case 'html':
      return node.value;
    default:
      // Definitions and footnotes say nothing on their own; references keep their words.
      return 'children' in node ? inside() : null;
  }
}

function renderTable(table: Table, depth: number): ReactNode {
  const [head, ...rows] = table.children;
  const cells = (row: TableRow, tag: 'th' | 'td'): ReactNode[] =>
    row.children.map((cell, column) =>
      createElement(tag, { style: { textAlign: table.align?.[column] ?? undefined } }, all(cell.children, depth + 1)),
    );
  const line = (row: TableRow, tag: 'th' | 'td'): ReactNode => createElement('tr', null, ...cells(row, tag));
  return (
    <div className="markdown-table">
      <table>
        <thead>{head && line(head, 'th')}</thead>
        {createElement('tbody', null, ...rows.map((row) => line(row, 'td')))}
      </table>
    </div>
  );
}

function SafeLink({ url, children }: { url: string; children: ReactNode }) {
  if (!/^(https?|mailto|tel):/i.test(url)) return children;
  return (
    <a
      href={url}
      title={url}
      rel="noreferrer"
      onClick={(event) => {
        event.preventDefault();
        invoke('app.openLink', { url }).catch((error: unknown) => showToast(messageOf(error), 'error'));
      }}
    >
      {children}
    </a>
  );
}
