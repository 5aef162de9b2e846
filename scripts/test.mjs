import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureRuntime } from './setup/electron.mjs';
import { ensureLibraries } from './setup/libraries.mjs';
import { main, root, runTool, Stop, say } from './setup/run.mjs';
import { withoutSession, withVirtualDesktop } from './setup/screen.mjs';
import { ensureSandbox, ordinaryUser, placeFor, temporaryFolder } from './setup/user.mjs';

/** What `npm test` runs, in this order; each can be named alone: `npm run test:e2e -- capture`. */
const checks = ['types', 'lint'];
const suites = ['unit', 'contract', 'e2e', 'faults'];
/** These start the app itself. */
const onTheDesktop = new Set(['e2e', 'faults']);

/** Their keys and foreign windows go through X11. */
const canDrive = process.platform === 'linux';

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} seconds
 * @property {string} [faults] what the fault suite counted
 * @property {string[]} [complaints] one line a failed test
 * @property {string[]} [again] one line a test that passed only at its second try (on CI)
 */

/** @param {string} name @returns {Promise<boolean>} */
async function check(name) {
  const commands =
    name === 'types'
      ? [['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']]
      : [
          ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
          ['dependency-cruiser/bin/dependency-cruiser.mjs', 'main', 'renderer', 'shared', '--config'],
          ['knip/bin/knip.js'],
        ];
  let good = true;
  for (const [script = '', ...args] of commands) good = (await runTool(script, args)).status === 0 && good;
  return good;
}

/** @returns {Omit<Result, 'seconds'>} the figures of a suite, from the report that Vitest wrote */
function figures(/** @type {string} */ name, /** @type {number} */ status, /** @type {string} */ report) {
  if (!existsSync(report)) return { name, passed: 0, failed: 1, skipped: 0 };
  const told = JSON.parse(readFileSync(report, 'utf8'));
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = told;
  // A file that cannot even be loaded fails the run without failing a test.
  const failed = status !== 0 ? Math.max(1, numFailedTests) : numFailedTests;
  return {
    name,
    passed: numPassedTests,
    failed,
    skipped: numPendingTests + numTodoTests,
    complaints: complaintsIn(told.testResults),
    again: told.testResults.flatMap((/** @type {any} */ { assertionResults }) => linesOf(assertionResults, 'passed')),
  };
}

/** @returns {string[]} what failed and with which words, a line each */
function complaintsIn(/** @type {readonly any[]} */ files) {
  return files.flatMap(({ message, assertionResults }) => {
    const lines = linesOf(assertionResults, 'failed');
    return lines.length === 0 && message ? [firstLine(message)] : lines;
  });
}

/** Those of that status with which something was wrong, and what. */
function linesOf(/** @type {readonly any[]} */ tests, /** @type {string} */ status) {
  return tests
    .filter((test) => test.status === status && (status === 'failed' || test.failureMessages?.length > 0))
    .map((test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`);
}

function firstLine(/** @type {unknown} */ text) {
  return (
    String(text ?? '')
      .split('\n', 1)[0]
      ?.slice(0, 300) ?? ''
  );
}

/** @returns {string} what the fault suite counted, in one line; empty when it did not run */
function faultsIn(/** @type {string} */ tally) {
  if (!existsSync(tally)) return '';
  const rounds = readFileSync(tally, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const sum = (/** @type {string} */ key) => rounds.reduce((total, round) => total + round[key], 0);
  return ['rounds', 'captures', 'lost', 'doubled'].map((key) => `${key} ${sum(key)}`).join(', ');
}

/**
 * Runs one suite as an ordinary user; what starts the app gets a desktop of its own on Linux.
 * @param {string} name
 * @param {readonly string[]} filters file names or Vitest options
 * @param {{ user: import('./setup/user.mjs').User | null, place: import('./setup/user.mjs').Place }} who
 */
async function suite(name, filters, { user, place }) {
  const results = temporaryFolder('results', user);
  const report = join(results, 'report.json');
  const tally = join(results, 'faults.jsonl');
  const screenshots = join(results, 'screenshots');
  const args = ['run', '--project', name, '--configLoader', 'runner', '--passWithNoTests'];
  args.push(
    '--fsModuleCache=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  );
  const vitest = (/** @type {NodeJS.ProcessEnv} */ env) =>
    runTool('vitest/vitest.mjs', args, {
      cwd: place.checkout,
      user,
      env: {
        ...env,
        TWIG_ELECTRON: place.executable,
        TWIG_SCREENSHOTS: screenshots,
        TWIG_CACHE: join(results, 'cache'),
        TWIG_FAULT_TALLY: tally,
      },
    });
  try {
    const { status } = onTheDesktop.has(name)
      ? await withVirtualDesktop(user, vitest)
      : await vitest({
          ...withoutSession(process.env),
          ...(user ? { HOME: results } : {}),
          TMPDIR: results,
          TEMP: results,
          TMP: results,
        });
    if (existsSync(screenshots) && readdirSync(screenshots).length > 0) {
      mkdirSync(join(root, 'docs', 'screenshots'), { recursive: true });
      cpSync(screenshots, join(root, 'docs', 'screenshots'), { recursive: true });
    }
    return { ...figures(name, status, report), faults: faultsIn(tally) };
  } finally {
    rmSync(results, { recursive: true, force: true, maxRetries: 5 });
  }
}

function summarise(/** @type {readonly Result[]} */ results) {
  say('');
  for (const { name, passed, failed, skipped, seconds } of results) {
    const count = checks.includes(name)
      ? ''
      : `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
    const line = [failed ? 'FAILED' : 'ok', name.padEnd(9), `${seconds.toFixed(0).padStart(4)} s`, count];
    say(`${line[0]?.padEnd(7)}${line.slice(1).join('  ')}`.trimEnd());
  }
  for (const { name, complaints = [], again = [] } of results) {
    for (const line of complaints) say(`FAILED ${name}: ${line}`);
    for (const line of again) say(`second try ${name}: ${line}`);
  }
  const sum = (/** @type {'passed' | 'failed'} */ key) => results.reduce((total, result) => total + result[key], 0);
  const line = `${sum('passed')} passed, ${sum('failed')} failed`;
  const faults = results.find((result) => result.faults)?.faults;
  // What a run was made for stands last.
  const lines = results.length === 1 ? [line, faults] : [faults, line];
  process.stdout.write(`\n${lines.filter(Boolean).join('\n')}\n`);
  return sum('failed') === 0 ? 0 : 1;
}

/** Builds the app. What cannot be built fails the suites that start it, and no other. */
async function builds() {
  try {
    await ensureBuild();
    return true;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(error.message);
    return false;
  }
}

/** `npm test` and its parts: sets up what is needed, runs all that was asked for, and sums it up. */
await main(async () => {
  const [only, ...filters] = process.argv.slice(2);
  const known = suites.filter((name) => existsSync(join(root, 'test', name)));
  const asked = only ? [only] : [...checks, ...known];
  const unknown = asked.find((name) => !checks.includes(name) && !suites.includes(name));
  if (unknown) throw new Stop(`There is no part "${unknown}". Known are: ${[...checks, ...suites].join(', ')}.`);
  const wanted = asked.filter((name) => canDrive || !onTheDesktop.has(name));
  if (wanted.length < asked.length) {
    say('The tests that drive the app itself run on Linux, where they have a desktop of their own.');
  }

  const desktop = wanted.some((name) => onTheDesktop.has(name));
  if (desktop) await ensureLibraries({ virtualDesktop: true });
  await ensureDependencies();
  const user = await ordinaryUser();
  const runtime = desktop ? await ensureRuntime() : null;
  const built = desktop && (await builds());

  /** @type {Result[]} */
  const results = [];
  /** @type {import('./setup/user.mjs').Place | undefined} */
  let place;
  try {
    for (const name of wanted) {
      say(`\n--- ${name}`);
      const start = Date.now();
      const seconds = () => (Date.now() - start) / 1000;
      if (checks.includes(name)) {
        const good = await check(name);
        results.push({ name, passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0, seconds: seconds() });
        continue;
      }
      if (onTheDesktop.has(name) && !built) {
        results.push({ name, passed: 0, failed: 1, skipped: 0, seconds: seconds() });
        say('Not run, because the app could not be built.');
        continue;
      }
      place ??= await placeFor(user, runtime);
      if (runtime) await ensureSandbox(user, join(place.executable, '..'));
      results.push({ ...(await suite(name, filters, { user, place })), seconds: seconds() });
    }
  } finally {
    place?.leave();
  }
  return summarise(results);
});
