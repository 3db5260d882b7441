import { type ParserOptions, type ParserPlugin, parse } from '@babel/parser';
import { CheckFailure } from './finding.ts';

/** Frames on the stack; honest programs, parsed, stay below 500. */
const deepest = 2000;
const stepsBetweenChecks = 256;

/**
 * A program's text that counts how often the parser looks at it. TypeScript's casts and arrows are read by trying, and
 * a hundred characters of them, nested, keep the parser busy for minutes; honest programs take below two looks a
 * character. It also watches how deep the parser is: a stack that runs out while V8 compiles a pattern ends the
 * process, not the parse.
 */
class MeteredText extends String {
  #left: number;

  constructor(code: string) {
    super(code);
    this.#left = 2000 + 20 * code.length;
  }

  override charCodeAt(index: number): number {
    this.#left -= 1;
    if (this.#left < 0) throw new CheckFailure('the code takes too long to parse');
    if (this.#left % stepsBetweenChecks === 0 && framesOnStack() >= deepest)
      throw new CheckFailure('the code is nested too deeply to parse');
    return super.charCodeAt(index);
  }
}

function framesOnStack(): number {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = deepest;
  Error.prepareStackTrace = (_error, frames) => frames.length;
  try {
    return new Error('depth').stack as unknown as number;
  } finally {
    Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  }
}

const options: ParserOptions = {
  sourceType: 'unambiguous',
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
};
const scripts: readonly ParserPlugin[] = ['decoratorAutoAccessors', 'explicitResourceManagement'];

/** The first syntax error of a JavaScript program (with JSX), or null. The program is parsed and never run. */
export function javascriptProblem(code: string): string | null {
  return problemWith(code, [...scripts, 'jsx', 'decorators']);
}

/** `<T>x` is a cast or a tag: either reading will do. */
export function typescriptProblem(code: string): string | null {
  // the legacy form is the one that parameters may carry
  const plugins: readonly ParserPlugin[] = [...scripts, 'typescript', 'decorators-legacy'];
  return problemWith(code, plugins) === null ? null : problemWith(code, [...plugins, 'jsx']);
}

function problemWith(code: string, plugins: readonly ParserPlugin[]): string | null {
  try {
    parse(new MeteredText(code) as unknown as string, { ...options, plugins: [...plugins] });
    return null;
  } catch (error) {
    if (error instanceof CheckFailure) throw error;
    return (error as Error).message;
  }
}
