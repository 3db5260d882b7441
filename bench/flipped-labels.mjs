// DPO with TRL on labels of which 30 % are flipped, against the same pairs after Quorate reconciled the flipped
// annotator with three other raters and exported what it accepts. Prints both curves on clean held-out pairs.
// Needs scripts/test-extras/peers/trainers.sh. `npm run build && node bench/flipped-labels.mjs [OUT.svg]`
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const python = join(
  process.env.QUORATE_TRAINERS ?? join(homedir(), '.cache/quorate/trainers'),
  'bin/python3',
);
const folder = mkdtempSync(join(tmpdir(), 'quorate-flipped-'));
const at = (name) => join(folder, name);
const steps = 120;

try {
  const random = seeded(7);
  const items = Array.from({ length: 1400 }, (_, index) => itemOf(index, random));
  const [train, test] = [items.slice(0, 1200), items.slice(1200)];
  write('items.jsonl', train);
  write(
    'votes.jsonl',
    train.flatMap((item) => votesOf(item, random)),
  );
  const quorate = (...args) =>
    execFileSync(process.execPath, [join(root, 'bin/quorate.js'), ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  quorate(
    'reconcile',
    '--votes',
    at('votes.jsonl'),
    '--items',
    at('items.jsonl'),
    '--out',
    at('preferences.jsonl'),
  );
  quorate(
    'export',
    '--preferences',
    at('preferences.jsonl'),
    '--items',
    at('items.jsonl'),
    '--out',
    at('filtered'),
    '--allow',
    '*',
  );
  mkdirSync(at('flipped'));
  write(
    'flipped/train.jsonl',
    train.map((item) => rowOf(item, votesOf.first.get(item.id))),
  );
  write(
    'test.jsonl',
    test.map((item) => rowOf(item, item.better)),
  );
  execFileSync(
    python,
    [join(root, 'test/peers/trainers/tiny_model.py'), at('model'), at('flipped/train.jsonl')],
    {
      stdio: 'ignore',
    },
  );
  const curves = {};
  for (const name of ['flipped', 'filtered']) {
    const rows = readFileSync(at(`${name}/train.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map(JSON.parse);
    const right = rows.filter(
      (row) => items[Number(row.prompt[0].content.match(/\d+/)[0])].good === row.chosen[0].content,
    ).length;
    const out = execFileSync(
      python,
      [
        join(root, 'bench/dpo-curve.py'),
        at('model'),
        at(`${name}/train.jsonl`),
        at('test.jsonl'),
        String(steps),
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    curves[name] = {
      rows: rows.length,
      right: right / rows.length,
      points: JSON.parse(out.trim().split('\n').at(-1)),
    };
  }
  print(curves);
  if (process.argv[2]) writeFileSync(process.argv[2], svgOf(curves));
} finally {
  rmSync(folder, { recursive: true });
}

function write(name, records) {
  writeFileSync(at(name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** The better response names a fruit, the worse one a stone: easy for a tiny model to learn from clean labels. */
function itemOf(index, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const good = `I suggest ${pick(['apples', 'pears', 'plums', 'figs'])} and ${pick(['cherries', 'melons', 'grapes'])} for that.`;
  const bad = `I suggest ${pick(['granite', 'basalt', 'slate', 'flint'])} and ${pick(['marble', 'gravel', 'chalk'])} for that.`;
  const better = random() < 0.5 ? 'a' : 'b';
  const texts = better === 'a' ? [good, bad] : [bad, good];
  return {
    id: `i${index}`,
    prompt: `Question ${index}: what should I put into the salad of day ${index % 50}?`,
    candidates: [
      { id: 'a', text: texts[0] },
      { id: 'b', text: texts[1] },
    ],
    better,
    good,
  };
}

/** One annotator who is wrong on 30 %, and three judges who are wrong on 15 to 25 %, in both orders. */
function votesOf(item, random) {
  votesOf.first ??= new Map();
  return [
    ['annotator', 0.7],
    ['judge-1', 0.85],
    ['judge-2', 0.8],
    ['judge-3', 0.75],
  ].flatMap(([rater, accuracy]) => {
    const preferred = random() < accuracy ? item.better : item.better === 'a' ? 'b' : 'a';
    if (rater === 'annotator') votesOf.first.set(item.id, preferred);
    const vote = {
      item: item.id,
      rater,
      rater_kind: rater === 'annotator' ? 'human' : 'llm',
      kind: 'pairwise',
      outcome: 'verdict',
      preferred,
    };
    const shown = [
      ['a', 'b'],
      ['b', 'a'],
    ];
    return (rater === 'annotator' ? shown.slice(0, 1) : shown).map((order) => ({ ...vote, shown: order }));
  });
}

function rowOf(item, chosen) {
  const text = (id) => [
    { role: 'assistant', content: item.candidates.find((candidate) => candidate.id === id).text },
  ];
  return {
    prompt: [{ role: 'user', content: item.prompt }],
    chosen: text(chosen),
    rejected: text(chosen === 'a' ? 'b' : 'a'),
  };
}

function print(curves) {
  const names = Object.keys(curves);
  for (const name of names)
    console.log(
      `${name}: ${curves[name].rows} pairs, ${(curves[name].right * 100).toFixed(1)} % of them right`,
    );
  console.log(
    `\n| step | ${names.map((name) => `${name}: loss | ${name}: accuracy`).join(' | ')} |\n|---|${names.map(() => '---|---|').join('')}`,
  );
  curves.flipped.points.forEach(({ step }, index) => {
    const cells = names.map(
      (name) =>
        `${curves[name].points[index].loss.toFixed(3)} | ${curves[name].points[index].accuracy.toFixed(3)}`,
    );
    console.log(`| ${step} | ${cells.join(' | ')} |`);
  });
}

function svgOf(curves) {
  const x = (step) => 50 + (step / steps) * 420;
  const y = (loss) => 250 - (Math.min(loss, 0.8) / 0.8) * 220;
  const line = (points, colour) =>
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map((point) => `${x(point.step).toFixed(1)},${y(point.loss).toFixed(1)}`).join(' ')}"/>`;
  const ticks = [0, 0.2, 0.4, 0.6, 0.8]
    .map(
      (loss) =>
        `<text x="44" y="${y(loss) + 4}" text-anchor="end">${loss}</text><path d="M50 ${y(loss)}H470" stroke="#ddd"/>`,
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 290" font-family="sans-serif" font-size="12"><title>DPO loss on clean held-out pairs</title><rect width="500" height="290" fill="#fff"/>${ticks}${line(curves.flipped.points, '#d55e00')}${line(curves.filtered.points, '#0072b2')}<text x="330" y="40" fill="#d55e00">30 % flipped labels</text><text x="330" y="58" fill="#0072b2">after Quorate</text><text x="260" y="280" text-anchor="middle">step</text><text x="50" y="18">DPO loss on clean held-out pairs</text></svg>\n`;
}

function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
