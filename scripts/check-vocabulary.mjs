// Finds words that the glossary replaced: in identifiers, comments, messages and docs. The words, with what stands in
// their place and where they are legitimate, are in vocabulary.json beside this file.
//   node scripts/check-vocabulary.mjs                      counts by room
//   node scripts/check-vocabulary.mjs --list [path part]   every place
//   node scripts/check-vocabulary.mjs --accept             lowers the counts of vocabulary-baseline.json to today's
// A room fails when it holds more of these words than vocabulary-baseline.json allows; the counts only go down.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const { terms, skip, allow } = JSON.parse(readFileSync(new URL('vocabulary.json', import.meta.url), 'utf8'));
const patterns = terms.map((term) => ({ ...term, pattern: new RegExp(term.pattern, 'i') }));
const skipped = skip.map(({ path }) => new RegExp(path));
const allowed = allow.map((entry) => ({
  path: new RegExp(entry.path),
  term: new RegExp(entry.term),
  text: new RegExp(entry.text ?? '', 'i'),
  where: entry.where,
}));

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs|cjs|js|md|ya?ml|html)$/.test(file))
  .filter((file) => !skipped.some((path) => path.test(file)));

const found = files.flatMap((file) => placesIn(file, read(file)));
report(found);

function read(file) {
  try {
    return readFileSync(`${root}${file}`, 'utf8');
  } catch {
    return ''; // deleted, and not committed yet
  }
}

function placesIn(file, content) {
  const isCode = /\.(ts|tsx|mjs|cjs|js)$/.test(file);
  const pieces = isCode ? piecesOfCode(file, content) : [{ where: 'text', text: content, at: 0 }];
  return pieces.flatMap(({ where, text, at }) =>
    text.split('\n').flatMap((line, index) => {
      const words = apart(line);
      return patterns
        .filter((term) => (term.where === 'both' || term.where === where) && term.pattern.test(words))
        .filter(({ id }) => !isAllowed(file, id, where, line))
        .map((term) => ({ file, line: lineOf(content, at) + index, where, term, text: line.trim() }));
    }),
  );
}

function isAllowed(file, id, where, line) {
  return allowed.some(
    (entry) =>
      entry.path.test(file) &&
      entry.term.test(id) &&
      entry.text.test(line) &&
      (entry.where === undefined || entry.where === where),
  );
}

/** Identifiers, strings and comments of a program, each with its offset. */
function piecesOfCode(file, content) {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
  const pieces = [];
  const visit = (node) => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const children = node.getChildren(source);
    if (children.length > 0) {
      for (const child of children) visit(child);
      return;
    }
    const start = node.getStart(source);
    const before = content.slice(node.getFullStart(), start);
    if (/\/[/*]/.test(before)) pieces.push({ where: 'text', text: before, at: node.getFullStart() });
    const text = node.getText(source);
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node))
      pieces.push({ where: 'identifier', text, at: start });
    else if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    )
      pieces.push({ where: 'text', text, at: start });
  };
  visit(source);
  return pieces;
}

/** `askJudge` and `usd_per_item` as words of their own. */
function apart(line) {
  return line.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/_/g, ' ');
}

function lineOf(content, offset) {
  let line = 1;
  for (let at = content.indexOf('\n'); at !== -1 && at < offset; at = content.indexOf('\n', at + 1))
    line += 1;
  return line;
}

function roomOf(file) {
  const parts = file.split('/');
  return parts.length === 1 ? file : parts.slice(0, parts[0] === 'src' ? 2 : 1).join('/');
}

function report(places) {
  const args = process.argv.slice(2);
  if (args.includes('--list')) {
    const part = args[args.indexOf('--list') + 1] ?? '';
    for (const { file, line, where, term, text } of places.filter((place) => place.file.includes(part)))
      console.log(`${file}:${line} ${where} "${term.id}" (${term.instead}): ${text.slice(0, 120)}`);
  }
  const rooms = [...grouped(places)].sort(([a], [b]) => a.localeCompare(b));
  const count = (inRoom, wanted) => inRoom.filter(({ where }) => where === wanted).length;
  const counts = Object.fromEntries(
    rooms.map(([room, inRoom]) => [
      room,
      { identifiers: count(inRoom, 'identifier'), texts: count(inRoom, 'text') },
    ]),
  );
  for (const [room, { identifiers, texts }] of Object.entries(counts))
    console.log(
      `${room.padEnd(24)} ${String(identifiers).padStart(5)} identifiers ${String(texts).padStart(5)} texts`,
    );
  compare(counts, args.includes('--accept'));
}

function compare(counts, accept) {
  const file = new URL('vocabulary-baseline.json', import.meta.url);
  const baseline = JSON.parse(readFileSync(file, 'utf8'));
  const none = { identifiers: 0, texts: 0 };
  const over = Object.entries(counts).flatMap(([room, found]) =>
    ['identifiers', 'texts']
      .filter((kind) => found[kind] > (baseline[room] ?? none)[kind])
      .map((kind) => `${room}: ${found[kind]} ${kind}, ${(baseline[room] ?? none)[kind]} allowed`),
  );
  if (accept) {
    const lower = Object.entries(counts).map(([room, found]) => {
      const before = baseline[room] ?? none;
      return [
        room,
        {
          identifiers: Math.min(found.identifiers, before.identifiers),
          texts: Math.min(found.texts, before.texts),
        },
      ];
    });
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(lower), null, 2)}\n`);
  }
  const total = (kind) => Object.values(counts).reduce((sum, room) => sum + room[kind], 0);
  console.log(
    `vocabulary: ${total('identifiers')} identifiers, ${total('texts')} texts in ${files.length} files`,
  );
  if (over.length === 0) return;
  console.error(
    `more words than vocabulary-baseline.json allows; --list ROOM shows them:\n${over.join('\n')}`,
  );
  process.exitCode = 1;
}

function grouped(places) {
  const rooms = new Map();
  for (const place of places) {
    const room = roomOf(place.file);
    rooms.set(room, [...(rooms.get(room) ?? []), place]);
  }
  return rooms;
}
