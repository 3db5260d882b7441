import { z } from 'zod';
import type { CodeBlock } from './code-blocks.ts';
import { type Check, fail, pass, spanAt } from './finding.ts';
import { ruleKind, text } from './rule-kind.ts';

/** The rule `code`. */
export const codeRule = ruleKind({
  check: 'code',
  options: {
    language: text.optional().describe('Language of the code block, for example python; default: any'),
    parses: z.boolean().default(true).describe('Also check the syntax (json, yaml, javascript, typescript)'),
  },
  compile: compileCode,
});

/** Says what is wrong with a program's text, or null. */
type Syntax = (code: string) => string | null;

const aliases: Readonly<Record<string, string>> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
};

/** A code block of the language is there and, for the languages that can be read here, parses. */
async function compileCode(rule: {
  readonly language?: string | undefined;
  readonly parses: boolean;
}): Promise<Check> {
  const wanted = rule.language === undefined ? null : canonical(rule.language);
  const syntaxes = rule.parses ? await syntaxesFor(wanted) : new Map<string, Syntax>();
  return ({ text }) => {
    const blocks = wanted === null ? text.codeBlocks : ofLanguage(text.codeBlocks, wanted);
    if (blocks.length === 0) return fail(wanted === null ? 'no code block' : `no ${wanted} code block`);
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

/** Blocks that say so; where none does, those without a name, which may be of any language. */
function ofLanguage(blocks: readonly CodeBlock[], wanted: string): readonly CodeBlock[] {
  const named = blocks.filter(({ language }) => canonical(language) === wanted);
  return named.length > 0 ? named : blocks.filter(({ language }) => language === '');
}

async function syntaxesFor(wanted: string | null): Promise<ReadonlyMap<string, Syntax>> {
  const needs = (language: string) => wanted === null || wanted === language;
  const syntaxes = new Map<string, Syntax>();
  if (needs('json')) syntaxes.set('json', jsonProblem);
  if (needs('yaml')) syntaxes.set('yaml', (await import('./yaml-syntax.ts')).yamlProblem);
  if (needs('javascript') || needs('typescript')) {
    const { javascriptProblem, typescriptProblem } = await import('./script-syntax.ts');
    syntaxes.set('javascript', javascriptProblem);
    syntaxes.set('typescript', typescriptProblem);
  }
  return syntaxes;
}

function jsonProblem(code: string): string | null {
  try {
    JSON.parse(code);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
