import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as stats from '../../src/public/stats.ts';
import { readPublicNames, typeErrorsOf } from '../support/public-names.ts';

const { names, programs } = readPublicNames();

describe('the docstrings of the public names', () => {
  it('exist, each with an example', () => {
    const missing = names.filter(({ description, examples }) => description === '' || examples.length === 0);
    expect(missing.map(({ entry, name }) => `${entry}: ${name}`)).toEqual([]);
  });

  it('have examples that compile, as do the programs of the module headers', () => {
    const examples = names.flatMap(({ entry, name, examples: texts }) =>
      texts.map((code) => ({ title: `${entry}: ${name}`, entry, code })),
    );
    const headers = [...programs].map(([entry, code]) => ({ title: `the header of ${entry}`, entry, code }));
    expect(headers.every(({ code }) => code.includes('import '))).toBe(true);
    expect(typeErrorsOf([...headers, ...examples], names)).toEqual([]);
  }, 120_000);

  const results = names
    .filter(({ entry }) => entry === 'stats')
    .flatMap(({ name, examples }) => examples.map((code) => ({ name, code })))
    .filter(({ code }) => resultsOf(code).length > 0);
  it.each(results)('state results that the example of $name has', ({ code }) => {
    const values = valuesOf(code);
    const wrong = resultsOf(code).filter((stated) => !values.some((value) => rounds(value, stated)));
    expect(wrong, `among ${values.join(' ')}`).toEqual([]);
  });
});

/** The numbers in comments that follow an expression. */
function resultsOf(code: string): string[] {
  const comments = [...code.matchAll(/^(?!const |for ).*?\/\/ (.*)$/gm)].map(([, comment]) => comment!);
  // the last number before an ellipsis may be cut off
  return comments.flatMap((comment) => comment.match(/(?<![\w.])-?\d+(\.\d+)?(e-?\d+)?(?![\w.])/g) ?? []);
}

/** Runs an example and gathers the numbers of its expressions and of what it prints. */
function valuesOf(code: string): number[] {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest);
  const marked = source.statements.map((statement) => {
    const text = statement.getText(source);
    return ts.isExpressionStatement(statement) ? `record(${text.replace(/;$/, '')});` : text;
  });
  const values: unknown[] = [];
  const record = (...found: unknown[]) => values.push(...found);
  const program = ts.transpile(`function example() {${marked.join('\n')}}`, {
    target: ts.ScriptTarget.ES2023,
  });
  const scope = { ...stats, record, console: { log: record } };
  new Function(...Object.keys(scope), `${program}; example();`)(...Object.values(scope));
  return values.flatMap(numbersIn);
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

/** Whether the value, written with as many digits, is what is stated. */
function rounds(value: number, stated: string): boolean {
  const [digits = '', exponent] = stated.split('e');
  if (exponent !== undefined) return Math.abs(value / Number(stated) - 1) < 0.01;
  const places = digits.split('.')[1]?.length ?? 0;
  return Math.abs(value - Number(stated)) <= 0.5000001 * 10 ** -places;
}
