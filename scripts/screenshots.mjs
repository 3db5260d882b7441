// Takes the pictures of the README: the agreement page of the quickstart and the report of a gate on it, as the
// program writes them. Uses the system's Chromium.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
if (executablePath === undefined) throw new Error('no Chromium: apt-get install chromium');

const folder = mkdtempSync(join(tmpdir(), 'quorate-screenshots-'));
const example = `${root}examples/quickstart`;
const votes = `${example}/out/votes.jsonl`;
const items = `${example}/items.jsonl`;
quorate([0], 'facts', 'index', `${example}/notes`, '--corpus', `${example}/.quorate/corpus.db`);
quorate([0], 'run', `${example}/job.yaml`);
const agreement = join(folder, 'agreement.html');
const gate = join(folder, 'gate.html');
quorate(
  [0],
  'agree',
  '--votes',
  votes,
  '--items',
  items,
  '--labels',
  `${example}/labels.jsonl`,
  '--html',
  agreement,
);
const sides = ['--candidate', 'sample-a', '--baseline', 'sample-b'];
quorate([0, 1, 3], 'gate', '--items', items, ...sides, '--votes', votes, '--html', gate);

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
await shoot(agreement, 'agreement.png', { width: 1000, height: 760 });
await shoot(gate, 'gate.png', { width: 1000, height: 620 });
await browser.close();
rmSync(folder, { recursive: true });

async function shoot(html, name, viewport) {
  const page = await browser.newPage({ viewport, colorScheme: 'light' });
  await page.goto(pathToFileURL(html).href);
  // evidence names its file by its whole path: the picture needs no folder of this machine
  await page.evaluate((path) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(path, '');
  }, root);
  await page.screenshot({ path: `${root}docs/images/${name}` });
  await page.close();
  console.error(`docs/images/${name}`);
}

function quorate(expected, ...argv) {
  const { status, stderr } = spawnSync(process.execPath, [`${root}bin/quorate.js`, ...argv], {
    encoding: 'utf8',
  });
  if (!expected.includes(status))
    throw new Error(`quorate ${argv.join(' ')} ended with ${status}: ${stderr}`);
}
