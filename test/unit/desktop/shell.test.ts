import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, resolveAsset } from '../../../main/desktop/assets';
import { parseArguments, parseDeepLink } from '../../../main/desktop/deepLink';
import { quoteExec } from '../../../main/desktop/loginItem';
import { placeCapture, placeMain } from '../../../main/desktop/placement';
import { readLeniently } from '../../../main/desktop/settingsFields';

describe('what windows may load', () => {
  it('serves our own files only', () => {
    expect(resolveAsset('app://twig/index.html', '/app/renderer')).toBe('/app/renderer/index.html');
    for (const address of [
      'app://twig/../main/index.cjs',
      'app://twig/..%2f..%2fetc/passwd.html',
      'app://twig/..%5c..%5csecret.html',
      'app://twig/%00index.html',
      'app://evil/index.html',
      'file:///etc/passwd',
      'app://twig/',
      'app://twig/data.json',
      'app://twig/%E0%A4%A.html',
    ]) {
      expect(resolveAsset(address, '/app/renderer'), address).toBeNull();
    }
  });

  it('gives a page neither network nor inline code', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe');
  });
});

describe('what another program may ask', () => {
  it('reads links', () => {
    expect(parseDeepLink('twig://capture?text=Call%20Jane&kind=task')).toEqual({
      type: 'capture',
      text: 'Call Jane',
      kind: 'task',
    });
    expect(parseDeepLink('twig://contacts')).toEqual({ type: 'contacts' });
    expect(parseDeepLink('twig://capture?text=a%00b%1bc%0Ad&kind=delete')).toEqual({
      type: 'capture',
      text: 'abc\nd',
      kind: null,
    });
  });

  it('ignores everything else', () => {
    for (const address of [
      'twig://delete',
      'https://capture',
      'nonsense',
      `twig://capture?text=${'x'.repeat(20_001)}`,
    ]) {
      expect(parseDeepLink(address), address.slice(0, 30)).toBeNull();
    }
  });

  it('reads the command line', () => {
    expect(parseArguments(['twig', '--capture'])).toMatchObject({ type: 'capture' });
    expect(parseArguments(['twig', '--contacts'])).toEqual({ type: 'contacts' });
    expect(parseArguments(['twig', '--background'])).toEqual({ type: 'background' });
    expect(parseArguments(['twig', '--user-data-dir=x'])).toEqual({ type: 'show' });
    expect(parseArguments(['twig', 'twig://capture?text=hi'])).toMatchObject({ text: 'hi' });
  });

  it('quotes a path for a desktop entry', () => {
    expect(quoteExec('/opt/My "App"/tw$ig%')).toBe('"/opt/My \\"App\\"/tw\\$ig%%"');
  });
});

describe('where windows go', () => {
  it('puts Capture in the upper part of the display with the cursor', () => {
    const place = placeCapture({ x: 1280, y: 0, width: 1920, height: 1080 }, { width: 600, height: 150 });
    expect(place).toEqual({ x: 1940, y: 238, width: 600, height: 150 });
  });

  it('fits a display smaller than the window', () => {
    expect(placeCapture({ x: 0, y: 0, width: 400, height: 100 }, { width: 600, height: 150 })).toEqual({
      x: 0,
      y: 0,
      width: 400,
      height: 100,
    });
  });

  it('forgets a place on a display that is gone', () => {
    const areas = [{ x: 0, y: 0, width: 1280, height: 800 }];
    expect(placeMain({ width: 900, height: 600, x: 2000, y: 10 }, areas)).toEqual({ width: 900, height: 600 });
    expect(placeMain({ width: 900, height: 600, x: 20, y: 10 }, areas)).toEqual({
      width: 900,
      height: 600,
      x: 20,
      y: 10,
    });
  });
});

describe('a damaged settings file', () => {
  it('keeps every field that is well and takes defaults for the rest', () => {
    const { stored, damaged } = readLeniently({
      settings: { theme: 'dark', dateLocale: 'klingon', phoneCountry: 'DE' },
      activeConnectionId: 17,
      mainBounds: { width: 800, height: 600 },
    });
    expect(damaged).toBe(true);
    expect(stored.settings).toMatchObject({ theme: 'dark', dateLocale: 'en', phoneCountry: 'DE' });
    expect(stored).toMatchObject({ activeConnectionId: null, mainBounds: { width: 800, height: 600 } });
  });

  it('takes an empty one for a first start', () => {
    expect(readLeniently({})).toMatchObject({
      damaged: false,
      stored: { settings: { hotkeys: { capture: 'CommandOrControl+Shift+J' } } },
    });
  });
});
