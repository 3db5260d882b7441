import { isAlias, isCollection, isMap, isScalar, type ParsedNode, parseAllDocuments, visit } from 'yaml';
import { CheckFailure } from './finding.ts';

const deepest = 200;

/**
 * What is wrong with a YAML text, or null. Aliases are looked up and never expanded. Keys are compared here: the
 * library compares each with all before it.
 */
export function yamlProblem(code: string): string | null {
  // the library descends by recursion, and a stack that runs out while V8 compiles a pattern ends the process
  if (mayNestBeyond(code, deepest)) throw new CheckFailure('the YAML is nested too deeply to parse');
  const documents = parseAllDocuments<ParsedNode>(code, {
    logLevel: 'silent',
    prettyErrors: false,
    uniqueKeys: false,
  });
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) return `${error.message.split('\n', 1)[0]} ${placeOf(code, error.pos[0])}`;
    const anchors = new Set<string>();
    let problem: string | null = null;
    visit(document, (_key, node) => {
      problem = repeatedKey(node, code) ?? unknownAlias(node, anchors, code);
      return problem === null ? undefined : visit.BREAK;
    });
    if (problem !== null) return problem;
  }
  return null;
}

/** From above: brackets that are open, lines further to the right than those they belong to, signs within a line. */
function mayNestBeyond(code: string, depth: number): boolean {
  const indents: number[] = [];
  let brackets = 0;
  for (const line of code.split('\n')) {
    const indent = line.length - line.trimStart().length;
    while (indents.length > 0 && indents.at(-1)! >= indent) indents.pop();
    indents.push(indent);
    // a list may stand below its key without an indent
    let nested = 2 * indents.length;
    for (let at = indent; at < line.length; at += 1) {
      const sign = line[at]!;
      if (sign === '[' || sign === '{') brackets += 1;
      else if (sign === ']' || sign === '}') brackets = Math.max(0, brackets - 1);
      else if ((sign === '-' || sign === '?' || sign === ':') && (line[at + 1] ?? ' ') <= ' ') nested += 1;
      if (nested + brackets > depth) return true;
    }
  }
  return false;
}

function repeatedKey(node: unknown, code: string): string | null {
  if (!isMap(node)) return null;
  const keys = new Set<unknown>();
  for (const { key } of node.items) {
    if (!isScalar(key) || key.value === '<<') continue;
    if (keys.has(key.value)) return `Map keys must be unique ${placeOf(code, key.range?.[0] ?? 0)}`;
    keys.add(key.value);
  }
  return null;
}

/** Remembers the anchors on the way: an alias points back. */
function unknownAlias(node: unknown, anchors: Set<string>, code: string): string | null {
  if (isAlias(node)) {
    return anchors.has(node.source)
      ? null
      : `Unresolved alias ${node.source} ${placeOf(code, node.range?.[0] ?? 0)}`;
  }
  if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.add(node.anchor);
  return null;
}

function placeOf(code: string, offset: number): string {
  const before = code.slice(0, offset);
  return `at line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}
