import { defineConfig } from 'tsdown';

/** scripts/build.mjs builds beside `dist` and swaps. */
const folder = process.env.QUORATE_BUILD_FOLDER ?? 'dist';

export default defineConfig([
  {
    entry: {
      index: 'src/public/index.ts',
      providers: 'src/public/providers.ts',
      raters: 'src/public/raters.ts',
      stats: 'src/public/stats.ts',
      stores: 'src/public/stores.ts',
      server: 'src/public/server.ts',
      testing: 'src/public/testing.ts',
      'cli/main': 'src/cli/main.ts',
      'row-thread': 'src/datasets/row-thread.ts',
    },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    dts: true,
    clean: true,
    sourcemap: false,
    logLevel: 'warn',
    checks: { pluginTimings: false },
    outDir: folder,
    // plain .js names, since the package is ESM only
    outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  },
  {
    entry: { 'quorate-widget': 'web/widget/quorate-widget.ts' },
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    dts: false,
    minify: true,
    clean: true,
    sourcemap: false,
    logLevel: 'warn',
    checks: { pluginTimings: false },
    outDir: `${folder}/widget`,
    outputOptions: { entryFileNames: '[name].js' },
  },
]);
