// Every relative link of the README and the docs leads to a file that exists, and every anchor to a heading of it.
// Links to the repository's own address on GitHub count as relative ones: the README must also work on npm.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { homepage } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const ownAddress = `${(homepage ?? '').replace(/#.*/, '')}/blob/main/`;
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    (file) => file !== '' && !/^(test\/fixtures|docs\/api)\//.test(file) && existsSync(join(root, file)),
  );

const anchors = new Map();
const broken = pages.flatMap(brokenLinks);
for (const line of broken) console.error(line);
console.log(`links: ${pages.length} pages, ${broken.length} broken`);
if (broken.length > 0) process.exitCode = 1;

function brokenLinks(page) {
  const text = withoutCode(readFileSync(join(root, page), 'utf8'));
  return [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s+(\S+)/gm)].flatMap(
    (match) => {
      const why = whyBroken(page, match[1] ?? match[2]);
      const line = text.slice(0, match.index).split('\n').length;
      return why === null ? [] : [`${page}:${line} ${match[1] ?? match[2]}: ${why}`];
    },
  );
}

function whyBroken(page, link) {
  const isOwn = link.startsWith(ownAddress);
  if (!isOwn && /^[a-z][a-z0-9+.-]*:/i.test(link)) return null;
  const [path, anchor] = decodeURIComponent(isOwn ? link.slice(ownAddress.length) : link).split('#', 2);
  const file = path === '' ? page : normalize(isOwn ? path : join(dirname(page), path));
  const onDisk = join(root, file);
  if (file.startsWith('..') || !existsSync(onDisk)) return 'there is no such file';
  if (anchor === undefined || anchor === '' || !file.endsWith('.md') || statSync(onDisk).isDirectory())
    return null;
  return anchorsOf(file).has(anchor) ? null : 'no heading has this anchor';
}

/** The anchors that GitHub and VitePress give to a page's headings. */
function anchorsOf(file) {
  if (anchors.has(file)) return anchors.get(file);
  const seen = new Map();
  const found = new Set();
  const text = readFileSync(join(root, file), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  for (const [, heading] of text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    found.add(count === 0 ? slug : `${slug}-${count}`);
  }
  for (const [, id] of text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) found.add(id);
  anchors.set(file, found);
  return found;
}

/** Code stays as empty lines, so that the lines are counted right. */
function withoutCode(text) {
  const blank = (code) => code.replace(/[^\n]/g, '');
  return text.replace(/^```[\s\S]*?^```/gm, blank).replace(/`[^`\n]+`/g, blank);
}
