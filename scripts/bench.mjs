// Runs measurements by name: `node scripts/bench.mjs rules facts`; all of them without a name.
// Each is a TypeScript file in bench/ that exports `main(options)` and prints its own table.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'tsdown';

const root = fileURLToPath(new URL('..', import.meta.url));
const known = readdirSync(`${root}bench`)
  .filter((file) => file.endsWith('.ts') && !file.includes('-support.'))
  .map((file) => file.slice(0, -3));
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no measurement called ${unknown.join(', ')}; there are: ${known.join(', ')}`);
  process.exit(2);
}
const names = positionals.length > 0 ? positionals : known;
// compiled as the product is, so that what is measured is what is shipped
const outDir = `${root}.cache/bench`;
await build({
  entry: Object.fromEntries(names.map((name) => [name, `${root}bench/${name}.ts`])),
  cwd: root,
  config: false,
  outDir,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: false,
  clean: true,
  logLevel: 'silent',
  outExtensions: () => ({ js: '.mjs' }),
});
for (const name of names) {
  console.log(`\n## ${name}\n`);
  const { main } = await import(`${outDir}/${name}.mjs`);
  await main(values);
}
