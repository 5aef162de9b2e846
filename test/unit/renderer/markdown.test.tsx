// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { Markdown } from '../../../renderer/record/Markdown';
import { installBridge } from './bridge-double';

afterEach(cleanup);

it('renders what notes use', () => {
  const { container } = render(
    <Markdown
      text={'# Plan\n\n**bold** _soft_ ~~gone~~ `code`\n\n- [x] done\n- [ ] open\n\n| a | b |\n|--|--:|\n| 1 | 2 |'}
    />,
  );
  expect(screen.getByRole('heading', { level: 4 }).textContent).toBe('Plan');
  expect(container.querySelector('strong')?.textContent).toBe('bold');
  expect(container.querySelectorAll('li')).toHaveLength(2);
  expect(container.querySelectorAll('td')).toHaveLength(2);
});

it('shows HTML as text and runs nothing of it', () => {
  const { container } = render(
    <Markdown text={'<img src=x onerror="window.bad=1">\n\n<script>window.bad=1</script> hi <b onclick="x">b</b>'} />,
  );
  expect(container.querySelector('img, script, b')).toBeNull();
  expect(container.textContent).toContain('<script>');
});

it('makes links of safe addresses only, and opens them through main', () => {
  const bridge = installBridge();
  const { container } = render(
    <Markdown
      text={
        '[safe](https://example.com/a) [bad](javascript:alert(1)) [file](file:///etc/passwd) ![pic](https://example.com/p.png)'
      }
    />,
  );
  const links = [...container.querySelectorAll('a')];
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    'https://example.com/a',
    'https://example.com/p.png',
  ]);
  expect(container.querySelector('img')).toBeNull();
  const first = links[0];
  if (first) fireEvent.click(first);
  expect(bridge.inputs('app.openLink')).toEqual([{ url: 'https://example.com/a' }]);
});

it('survives depth and size', () => {
  expect(render(<Markdown text={`${'> '.repeat(200)}deep`} />).container.textContent).toContain('…');
  expect(render(<Markdown text={'x'.repeat(100_001)} />).container.textContent).toHaveLength(100_001);
});
