import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linkApp } from '../../../scripts/setup/electron.mjs';
import { run } from '../../../scripts/setup/run.mjs';
import { withoutSession } from '../../../scripts/setup/screen.mjs';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twig scripts '));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const resources = process.platform === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources';

describe('linkApp', () => {
  const checkout = () => {
    const folder = join(home, 'check out');
    mkdirSync(join(folder, '.runtime', 'electron'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
    return folder;
  };

  it('makes the Electron in a checkout start that checkout, also after it was moved', () => {
    const folder = checkout();
    linkApp(join(folder, '.runtime', 'electron'), folder);
    const moved = join(home, 'moved');
    if (process.platform !== 'win32') renameSync(folder, moved);
    const there = process.platform === 'win32' ? folder : moved;
    expect(readFileSync(join(there, '.runtime', 'electron', resources, 'app', 'package.json'), 'utf8')).toBe('{}');
  });

  it('replaces a link that leads elsewhere or nowhere, and keeps a right one', () => {
    const folder = checkout();
    const electron = join(folder, '.runtime', 'electron');
    linkApp(electron, home);
    linkApp(electron, folder);
    const link = join(electron, resources, 'app');
    expect(readFileSync(join(link, 'package.json'), 'utf8')).toBe('{}');
    const { ino } = lstatSync(link);
    linkApp(electron, folder);
    expect(lstatSync(link).ino).toBe(ino);
    expect(readlinkSync(link)).not.toContain('electron');
  });
});

describe('withoutSession', () => {
  it('keeps what a program needs and nothing of the desktop, npm or sudo around it', () => {
    const outer = {
      PATH: '/bin',
      CI: 'true',
      DISPLAY: ':0',
      XDG_RUNTIME_DIR: '/run/user/0',
      SUDO_UID: '1',
      npm_config_x: 'y',
    };
    expect(withoutSession(outer)).toEqual({ PATH: '/bin', CI: 'true' });
  });
});

describe('run', () => {
  it('answers with the status and both outputs', async () => {
    const script = 'console.log("out"); console.error("err"); process.exit(3)';
    const { status, output } = await run(process.execPath, ['-e', script], { capture: true });
    expect(status).toBe(3);
    expect(output.split('\n').filter(Boolean).sort()).toEqual(['err', 'out']);
  });

  it('answers with 127 for a command that is not there', async () => {
    expect((await run(join(home, 'nothing'), [], { capture: true })).status).toBe(127);
  });

  it('gives the input to the command', async () => {
    const script = 'process.stdin.pipe(process.stdout)';
    expect((await run(process.execPath, ['-e', script], { capture: true, input: 'words' })).output).toBe('words');
  });
});
