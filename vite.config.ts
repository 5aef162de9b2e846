import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import type { InlineConfig as TestProject } from 'vitest/node';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Loaded by the app at run time instead of being bundled: the shell itself, and a native module. */
const external = ['electron', 'libsql'];

/**
 * A CommonJS file for the app's Node side. Each is built alone: a sandboxed preload script cannot
 * require a second file, and a worker that shares a chunk with the boot list would run it. With
 * `chunks`, what is imported later lies in files of its own, which the start need not compile.
 */
const nodeBundle = (name: string, entry: string, chunks = false) => ({
  consumer: 'server' as const,
  keepProcessEnv: true,
  resolve: { noExternal: true as const, external, conditions: ['node', 'import', 'module', 'default'] },
  build: {
    target: 'node18',
    outDir: here('dist/main'),
    emptyOutDir: false,
    minify: true,
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      input: { [name]: here(entry) },
      external,
      output: {
        format: 'cjs' as const,
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
        codeSplitting: chunks,
      },
    },
  },
});

/** One group of tests; `folder` is its name under test/. */
const project = (folder: string, options: TestProject = {}) => ({
  test: { name: folder, include: [`test/${folder}/**/*.test.{ts,tsx}`], environment: 'node' as const, ...options },
});
/** These start whole applications: one at a time, and with time to do it. */
const onTheDesktop: TestProject = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  root: here('renderer'),
  base: './',
  publicDir: false,
  cacheDir: process.env.TWIG_CACHE ?? here('node_modules/.cache/vite'),
  plugins: [react()],
  builder: {
    buildApp: async (builder) => {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
  environments: {
    client: {
      build: {
        target: 'chrome114',
        outDir: here('dist/renderer'),
        emptyOutDir: true,
        // The pages' content security policy allows no inline script and no data: address.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { input: { index: here('renderer/index.html'), capture: here('renderer/capture.html') } },
      },
    },
    main: nodeBundle('index', 'main/index.ts', true),
    preload: nodeBundle('preload', 'main/preload.ts'),
    mirror: nodeBundle('mirror.worker', 'main/workspace/mirror.worker.ts'),
  },
  test: {
    root: here('.'),
    projects: [
      // A busy machine is no failure.
      project('unit', { testTimeout: 30_000 }),
      project('contract', { testTimeout: 30_000 }),
      // On a shared machine a neighbour can hold up a window for a minute: once more there, and told at the end of the run.
      project('e2e', { ...onTheDesktop, retry: process.env.CI ? 1 : 0 }),
      project('faults', onTheDesktop),
    ],
  },
});
