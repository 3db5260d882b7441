// Runs a TypeScript bench without a build: node bench/run.mjs reconcile/main.ts [arguments…]
import { runnerImport } from 'vite';

const [file, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], file, ...rest];
await runnerImport(new URL(file, import.meta.url).pathname);
