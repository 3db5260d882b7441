import type { ParserPlugin } from '@babel/parser';
import { type Check, fail, pass, spanAt } from './finding.ts';
import type { CodeBlock } from './response-text.ts';

/** Says what is wrong with a program's text, or null. */
type Syntax = (code: string) => string | null;

const aliases: Readonly<Record<string, string>> = {
  js: 'javascript',
  mjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
};

/** A code block of the language is there and, for the languages that can be read here, parses. */
export async function compileCode(rule: {
  readonly language?: string | undefined;
  readonly parses: boolean;
}): Promise<Check> {
  const wanted = rule.language === undefined ? null : canonical(rule.language);
  const syntaxes = rule.parses ? await syntaxesFor(wanted) : new Map<string, Syntax>();
  return ({ text }) => {
    const blocks = text.codeBlocks.filter((block) => wanted === null || isLanguage(block, wanted));
    if (blocks.length === 0) return fail(`no ${wanted ?? ''} code block`.replace('  ', ' '));
    for (const block of blocks) {
      const span = spanAt(text.text, block.start, block.end);
      if (!block.closed) return fail('the code block is never closed', span);
      const problem = syntaxes.get(wanted ?? canonical(block.language))?.(block.code) ?? null;
      if (problem !== null) return fail(`the code does not parse: ${problem}`, span);
    }
    return pass(`${blocks.length} code block${blocks.length === 1 ? '' : 's'}`);
  };
}

function canonical(language: string): string {
  const name = language.toLowerCase();
  return aliases[name] ?? name;
}

/** A block without a name may be of any language. */
function isLanguage(block: CodeBlock, wanted: string): boolean {
  return block.language === '' || canonical(block.language) === wanted;
}

async function syntaxesFor(wanted: string | null): Promise<ReadonlyMap<string, Syntax>> {
  const needs = (language: string) => wanted === null || wanted === language;
  const syntaxes = new Map<string, Syntax>();
  if (needs('json')) syntaxes.set('json', jsonSyntax);
  if (needs('yaml')) {
    const { parseAllDocuments } = await import('yaml');
    syntaxes.set('yaml', (code) => {
      const documents = parseAllDocuments(code, { logLevel: 'silent', prettyErrors: true });
      return Array.isArray(documents)
        ? (documents.flatMap(({ errors }) => errors)[0]?.message.split('\n')[0] ?? null)
        : null;
    });
  }
  if (needs('javascript') || needs('typescript')) {
    const { parse } = await import('@babel/parser');
    const babel =
      (plugins: ParserPlugin[]): Syntax =>
      (code) => {
        try {
          parse(code, {
            sourceType: 'unambiguous',
            allowReturnOutsideFunction: true,
            allowAwaitOutsideFunction: true,
            plugins,
          });
          return null;
        } catch (error) {
          return (error as Error).message;
        }
      };
    syntaxes.set('javascript', babel(['jsx']));
    const [typed, withTags] = [babel(['typescript']), babel(['typescript', 'jsx'])];
    // `<T>x` is a cast or a tag: either reading will do
    syntaxes.set('typescript', (code) => (typed(code) === null ? null : withTags(code)));
  }
  return syntaxes;
}

function jsonSyntax(code: string): string | null {
  try {
    JSON.parse(code);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
