import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { blocknoteOf } from '../../../main/twenty/blocknote';
import { readBlocknote } from '../../../main/twenty/blocknote-read';

const Block = z.object({
  id: z.uuid(),
  type: z.enum(['paragraph', 'heading', 'bulletListItem', 'numberedListItem', 'checkListItem', 'codeBlock', 'table']),
  props: z.record(z.string(), z.unknown()),
  content: z.unknown(),
  get children() {
    return z.array(Block);
  },
});

const blocks = (markdown: string) => z.array(Block).parse(JSON.parse(blocknoteOf(markdown) || '[]'));
const back = (markdown: string) => readBlocknote(blocknoteOf(markdown))?.markdown;

const WHOLE = [
  '# Heading',
  'Hello **bold**, *italic*, ~~gone~~, `code` and [a link](https://example.com).',
  '- one\n  - nested\n    - deeper\n- two',
  '1. first\n2. second',
  '- [ ] to do\n- [x] done',
  '> quoted',
  '```js\nlet a = 1;\n```',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  'last words',
].join('\n\n');

describe('markdown as blocks of an older editor', () => {
  it('keeps its structure', () => {
    expect(blocks(WHOLE).map((block) => block.type)).toEqual([
      'heading',
      'paragraph',
      'bulletListItem',
      'bulletListItem',
      'numberedListItem',
      'numberedListItem',
      'checkListItem',
      'checkListItem',
      'paragraph',
      'codeBlock',
      'table',
      'paragraph',
    ]);
    const nested = blocks(WHOLE)[2]?.children[0];
    expect([nested?.type, nested?.children[0]?.type]).toEqual(['bulletListItem', 'bulletListItem']);
  });

  it('comes back as the same markdown', () => {
    expect(back(WHOLE)).toBe(WHOLE);
    expect(readBlocknote(blocknoteOf(WHOLE))?.richOnly).toBe(false);
  });

  it('keeps styles inside each other and links around them', () => {
    const [paragraph] = blocks('**bold *and italic*** [**site**](https://example.com)');
    expect(paragraph?.content).toEqual([
      { type: 'text', text: 'bold ', styles: { bold: true } },
      { type: 'text', text: 'and italic', styles: { bold: true, italic: true } },
      { type: 'text', text: ' ', styles: {} },
      {
        type: 'link',
        href: 'https://example.com',
        content: [{ type: 'text', text: 'site', styles: { bold: true } }],
      },
    ]);
  });

  it('is nothing for nothing', () => {
    expect([blocknoteOf(''), blocknoteOf(' \n ')]).toEqual(['', '']);
  });

  it('is a list of blocks or empty, whatever was typed: plain text would damage an older server', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ mode: 'sentences' }), fc.json()), (text) => {
        const written = blocknoteOf(text);
        if (written !== '') z.array(Block).parse(JSON.parse(written));
        else expect(text.trim()).toBe('');
      }),
    );
  });

  it('says the same words when it comes back', () => {
    const word = fc.stringMatching(/^[a-zA-Zéß日*_[\]()#>`~|!<&-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const once = back(words.join(' ')) ?? '';
        expect(back(once)).toBe(once);
      }),
    );
  });
});

describe('blocks as markdown', () => {
  const read = (list: unknown) => readBlocknote(JSON.stringify(list));
  const text = (words: string, styles = {}) => [{ type: 'text', text: words, styles }];

  it('reads what the web editor writes', () => {
    const recorded = [
      { id: 'a1', type: 'heading', props: { level: 2 }, content: text('UI heading'), children: [] },
      {
        id: 'a2',
        type: 'bulletListItem',
        props: {},
        content: text('point', { bold: true }),
        children: [{ id: 'a3', type: 'bulletListItem', props: {}, content: text('nested'), children: [] }],
      },
    ];
    expect(read(recorded)).toEqual({ markdown: '## UI heading\n\n- **point**\n  - nested', richOnly: false });
  });

  it.each([
    ['coloured text', [{ type: 'paragraph', content: text('red', { textColor: 'red' }) }]],
    ['a background', [{ type: 'paragraph', props: { backgroundColor: 'blue' }, content: text('x') }]],
    ['alignment', [{ type: 'paragraph', props: { textAlignment: 'center' }, content: text('x') }]],
    ['underline', [{ type: 'paragraph', content: text('x', { underline: true }) }]],
    ['an image', [{ type: 'image', props: { url: 'https://example.com/a.png', name: 'a' }, children: [] }]],
    ['a mention', [{ type: 'paragraph', content: [{ type: 'mention', props: { label: 'Ada' } }] }]],
    ['an unknown block', [{ type: 'hologram', content: text('x') }]],
  ])('warns of %s, which markdown cannot carry', (_, list) => {
    expect(read(list)?.richOnly).toBe(true);
  });

  it('does not warn of the editor’s own defaults', () => {
    const props = {
      textColor: 'default',
      backgroundColor: 'default',
      textAlignment: 'left',
      isToggleable: false,
      level: 1,
    };
    expect(read([{ type: 'heading', props, content: text('x'), children: [] }])?.richOnly).toBe(false);
  });

  it('reads short and odd forms, and knows what is no list of blocks', () => {
    expect(read([{ type: 'paragraph', content: 'short form' }])?.markdown).toBe('short form');
    expect(read(['text', null, 7])?.markdown).toBe('text');
    expect(readBlocknote('Plain text')).toBeNull();
    expect(readBlocknote('{"a":1}')).toBeNull();
    expect(readBlocknote('')).toEqual({ markdown: '', richOnly: false });
  });

  it('never throws on what another program stored', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue({ maxDepth: 5 })), (list) => void read(list)));
  });
});
