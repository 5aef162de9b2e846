import { expect, test } from 'vitest';
import { blocknoteBlocks, markdownFromBlocks } from '../../../main/demo/values-blocknote';
import { shownBody } from '../../../main/demo/values-richtext';

const blocks = (markdown: string) => blocknoteBlocks(markdown, () => 'x');

test('markdown becomes blocks as the server derives them', () => {
  expect(blocks('# Heading\n\nHello **bold** and *it*').map((block) => block.type)).toEqual(['heading', 'paragraph']);
  expect(blocks('- [ ] todo\n- [x] done\n1. one\n> quote\n```js\na = 1;\n```').map((block) => block.type)).toEqual([
    'checkListItem',
    'checkListItem',
    'numberedListItem',
    'quote',
    'codeBlock',
  ]);
  expect(blocks('see [this](https://one.example)')[0]?.content).toEqual([
    { type: 'text', text: 'see ', styles: {} },
    { type: 'link', href: 'https://one.example', content: [{ type: 'text', text: 'this', styles: {} }] },
  ]);
});

test('blocks become markdown in the style of the server', () => {
  expect(markdownFromBlocks(blocks('## Head\n\n- **point**\n- two\n\ntext'))).toBe(
    '## Head\n\n* **point**\n* two\n\ntext\n',
  );
});

test('an old body is answered as compact JSON, and anything but a list is the fault of its reader', () => {
  expect(shownBody('[ {"type": "paragraph"} ]')).toBe('[{"type":"paragraph"}]');
  expect(shownBody('')).toBe('');
  expect(shownBody(null)).toBeNull();
  expect(() => shownBody('text')).toThrow('Unexpected token e in JSON at position 1');
  expect(() => shownBody('{"a":1}')).toThrow('body.map is not a function');
});
