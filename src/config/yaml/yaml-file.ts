import { readFile } from 'node:fs/promises';
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { Mistake } from '../../domain/errors.ts';
import { findWrittenKeys, hideKeys } from './written-keys.ts';

/** A location in the document: keys and indexes from the root. */
export type DocumentPath = readonly PropertyKey[];

/** A position in a file. */
export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** A parsed YAML file (JSON is valid YAML) with the positions of its values. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** What messages call all of it; default: the file. */
  readonly whole?: string;
  /** Position of a value, or of its nearest existing ancestor. */
  positionOf(path: DocumentPath): Position;
  /** Position of a key, not of its value. */
  positionOfKey(path: DocumentPath, key: string): Position;
}

const top: Position = { line: 1, column: 1 };

/** A value of the caller's as a document: the same checks, without places. @param name what messages call it. */
export function valueFile(name: string, value: unknown): YamlFile {
  return { file: name, whole: `the ${name}`, value, positionOf: () => top, positionOfKey: () => top };
}

const maxBytes = 1024 * 1024;
/** Limit of alias expansion, against "billion laughs" files. */
const maxAliasCount = 200;

/** Reads a YAML file. @returns null if it is unusable; all mistakes are added to `mistakes` */
export async function readYamlFile(file: string, mistakes: Mistake[]): Promise<YamlFile | null> {
  const text = await readText(file, mistakes);
  if (text === null) return null;
  const found: Mistake[] = [];
  const complain = (position: Position, message: string, hint?: string) =>
    found.push({
      file,
      ...position,
      path: '',
      message: hideKeys(message),
      ...(hint === undefined ? {} : { hint }),
    });

  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return line === 0 ? top : { line, column: col };
  };
  const document = parse(text, lines, complain);
  for (const offset of findWrittenKeys(text)) {
    complain(
      at(offset),
      'this looks like an API key; keys must not be stored in files',
      'name the environment variable that holds it (key_env: OPENAI_API_KEY) and revoke this key: it may have leaked',
    );
  }
  let value: unknown;
  if (document !== null) {
    for (const problem of [...document.errors, ...document.warnings]) {
      complain(at(problem.pos[0]), messageOf(problem), hintFor(problem.code));
    }
    const loose = looseAliases(document);
    for (const alias of loose)
      complain(
        positionOfNode(alias, at),
        `there is no anchor &${alias.source} before this alias`,
        'text that starts with "*" must be quoted',
      );
    if (loose.length === 0 && document.errors.every((error) => error.code === 'DUPLICATE_KEY')) {
      try {
        value = document.toJS({ maxAliasCount });
      } catch (error) {
        complain(
          top,
          `cannot be expanded: ${error instanceof Error ? error.message : String(error)}`,
          bombHint,
        );
      }
      if (document.contents === null) complain(top, 'the file is empty');
    }
  }
  mistakes.push(...found);
  if (document === null || value === undefined || value === null) return null;
  return {
    file,
    value,
    positionOf: (path) => positionOfNode(nearestNode(document, path), at),
    positionOfKey: (path, key) => positionOfKey(nearestNode(document, path), key, at),
  };
}

const bombHint = 'write repeated parts out, or use fewer aliases';

async function readText(file: string, mistakes: Mistake[]): Promise<string | null> {
  const complain = (message: string, hint?: string): null => {
    mistakes.push({ file, ...top, path: '', message, ...(hint === undefined ? {} : { hint }) });
    return null;
  };
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return complain('no such file');
    if (code === 'EISDIR') return complain('is a folder, not a file');
    return complain(`cannot be read: ${(error as Error).message}`);
  }
  if (bytes.length > maxBytes)
    return complain(
      `is larger than ${maxBytes} bytes`,
      'is this the right file? Data belongs in JSONL files',
    );
  try {
    // the decoder drops a byte-order mark
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return complain('is not valid UTF-8', 'save the file as UTF-8');
  }
}

type Complain = (position: Position, message: string, hint?: string) => void;

function parse(text: string, lines: LineCounter, complain: Complain): Document.Parsed | null {
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
    if (!document.errors.some((error) => error.message.includes('call stack'))) return document;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  // the parser's stack was exhausted, thrown or reported
  complain(top, 'is nested too deeply', bombHint);
  return null;
}

function hintFor(code: string): string | undefined {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'keep one of the two';
    case 'TAB_AS_INDENT':
      return 'indent with spaces';
    case 'MULTIPLE_DOCS':
      return 'a file holds one document: remove the "---" line';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'text that contains ": " must be quoted: description: "Is it useful: yes or no?"';
    case 'BAD_SCALAR_START':
    case 'UNEXPECTED_TOKEN':
    case 'MISSING_CHAR':
      return 'text that starts with a character such as @ ` % [ { " or continues after a quotation must be quoted as a whole';
    default:
      return undefined;
  }
}

/** Without the parser's advice to programmers. */
function messageOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'the file contains several documents';
  return message.split('\n', 1)[0]!.replace(/:$/, '');
}

/** Aliases without an earlier anchor. */
function looseAliases(document: Document.Parsed): Alias[] {
  const anchors = new Set<string>();
  const loose: Alias[] = [];
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) {
        if (!anchors.has(node.source)) loose.push(node);
      } else if (node.anchor !== undefined) anchors.add(node.anchor);
    },
  });
  return loose;
}

/** The deepest existing node on a path, followed through aliases. */
function nearestNode(document: Document.Parsed, path: DocumentPath): Node | null {
  let node: Node | null = document.contents;
  for (const step of path) {
    const here: Node | null | undefined = isAlias(node) ? node.resolve(document) : node;
    const next: unknown = isMap(here)
      ? here.items.find((pair) => keyText(pair.key) === String(step))?.value
      : isSeq(here)
        ? here.items[Number(step)]
        : undefined;
    if (!isNode(next)) return node;
    node = next;
  }
  return node;
}

function positionOfNode(node: Node | null, at: (offset: number) => Position): Position {
  return node?.range ? at(node.range[0]) : top;
}

function positionOfKey(node: Node | null, key: string, at: (offset: number) => Position): Position {
  const pair = isMap(node) ? node.items.find((item) => keyText(item.key) === key) : undefined;
  return positionOfNode(isNode(pair?.key) ? pair.key : node, at);
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
