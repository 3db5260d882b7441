import { describe, expect, it } from 'vitest';
import * as main from '../../src/public/index.ts';
import * as providers from '../../src/public/providers.ts';
import * as raters from '../../src/public/raters.ts';
import * as server from '../../src/public/server.ts';
import * as stores from '../../src/public/stores.ts';
import * as testing from '../../src/public/testing.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Call = (...input: readonly unknown[]) => unknown;

const wrong: readonly unknown[] = [
  undefined,
  null,
  7,
  Number.NaN,
  '',
  'x',
  true,
  [],
  {},
  () => 1,
  [null],
  [{}],
];
const entries: Readonly<Record<string, object>> = { main, providers, raters, server, stores, testing };
const functions = Object.entries(entries).flatMap(([entry, module]) =>
  Object.entries(module)
    .filter(([, value]) => typeof value === 'function' && !/^class\b/.test(String(value)))
    .map(([name, value]) => [`${name} (${entry})`, value as Call] as const),
);

/** What a call throws, at once, later, or while its result is read. */
async function thrownBy(call: Call, input: readonly unknown[]): Promise<unknown> {
  try {
    const result = await call(...input);
    if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
      for await (const _one of result as AsyncIterable<unknown>) break;
    }
    await (result as { close?(): Promise<void> } | undefined)?.close?.();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a wrong argument', () => {
  it.each(functions)('of %s is an error of this package, not one from inside', async (_name, call) => {
    const folder = tempFolder();
    const before = process.cwd();
    process.chdir(folder);
    try {
      for (const first of wrong) {
        for (const input of [[first], [first, first], [first, first, first, first]]) {
          const error = await thrownBy(call, input);
          if (error !== undefined && !main.QuorateError.isInstance(error))
            expect.unreachable(`${JSON.stringify(input)}: ${String(error)}`);
        }
      }
    } finally {
      process.chdir(before);
    }
  });

  const registry = new stores.MemoryRegistry();
  const author = { by: 'ann', clock: { now: () => 0 } };
  const experiment = { id: 'e', arms: [], margin: 0, alpha: 0.05 };
  const feedback = new stores.MemoryFeedbackStore();
  const named: readonly (readonly [name: string, call: () => unknown, message: RegExp])[] = [
    ['loadJob', () => main.loadJob(7 as never), /^file must be a non-empty string, received number/],
    ['loadGate', () => main.loadGate('' as never), /^file must be .*, received an empty string/],
    ['loadRubric', () => main.loadRubric(undefined as never), /^name must be/],
    ['readItems', () => main.readItems(null as never).next(), /^file must be/],
    ['assignArm', () => main.assignArm({ salt: 's' } as never, 'u'), /^experiment\.arms must be a list/],
    [
      'readOut',
      () => main.readOut(experiment as never, {} as never, 0),
      /^feedback\.events must be a function/,
    ],
    ['readOut', () => main.readOut(experiment as never, feedback, '7' as never), /^nowMs must be a number/],
    ['cleanFeedback', () => main.cleanFeedback({} as never, {} as never), /^input\.events must be a list or/],
    [
      'cleanFeedback',
      () => main.cleanFeedback({ events: [] }, { cleaning: 'c' } as never),
      /^options\.at must be/,
    ],
    [
      'registerVersion',
      () => main.registerVersion(registry, 'm', {} as never, author as never),
      /^draft\.artefact/,
    ],
    [
      'registerVersion',
      () =>
        main.registerVersion(registry, 'm', { artefact: 'a', lineage: {}, metrics: {} }, {
          by: 'x',
        } as never),
      /^author\.clock must be an object/,
    ],
    [
      'promoteVersion',
      () => main.promoteVersion(registry, 'm', {} as never, author as never),
      /^request\.version/,
    ],
    [
      'rollBack',
      () => main.rollBack({} as never, 'm', { reason: 'r' }, author as never),
      /^registry\.history/,
    ],
    ['evaluateGate', () => main.evaluateGate({ items: [] } as never, {} as never), /^input\.table must be/],
    ['pairResponses', () => main.pairResponses({} as never, {} as never, null), /^candidate\.source must be/],
    ['openModel', () => providers.openModel({ provider: 'openai' } as never, {}), /^spec\.timeoutMs must be/],
    [
      'createJudge',
      () => raters.createJudge({ id: 'j' } as never, {} as never),
      /^spec\.rubric must be an object/,
    ],
    [
      'parseVerdict',
      () => raters.parseVerdict('[[A]]', 'bracket' as never),
      /^format must be one of .*brackets/,
    ],
    ['openRuleRater', () => raters.openRuleRater([{ id: 'r' } as never]), /^rules\[0\]\.check must be/],
    ['raterContract', () => testing.raterContract({ items: [] } as never), /^under\.make must be a function/],
    ['runChecks', () => testing.runChecks([{ name: 'a' } as never]), /^checks\[0\]\.run must be a function/],
  ];
  it.each(named)('of %s is named', async (_name, call, message) => {
    const error = await thrownBy(call, []);
    expect(error).toBeInstanceOf(main.ConfigError);
    expect((error as Error).message).toMatch(message);
  });
});
