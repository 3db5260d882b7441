import { resolve } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import { readItems } from '../../files/items.ts';
import { readVotes } from '../../files/votes.ts';
import { type HumanPolicy, humanPolicies } from '../../reconcile/conclude/merge-humans.ts';
import type { ReconcileInput, ReconcileOptions } from '../../reconcile/reconcile.ts';
import { type SameFamilyPolicy, sameFamilyPolicies } from '../../reconcile/tables/pair-table.ts';
import type { CommandIo } from '../io.ts';

/** Flags that `reconcile` and `calibrate` share, as commander hands them over. */
export interface ReconcileFlags {
  readonly votes: readonly string[];
  readonly items?: readonly string[];
  readonly labels?: readonly string[];
  readonly raters?: string;
  readonly seed: string;
  readonly length: boolean;
  readonly sameFamily: string;
  readonly accept?: string;
  readonly targetPrecision?: string;
  readonly quorum?: string;
  readonly humans?: string;
}

export function inputOf(io: CommandIo, flags: ReconcileFlags): ReconcileInput {
  const paths = (files: readonly string[]) =>
    files.map((file) => (file === '-' ? file : resolve(io.cwd, file)));
  return {
    votes: each(paths(flags.votes), readVotes),
    ...(flags.items && { items: each(paths(flags.items), readItems) }),
    ...(flags.labels && { labels: each(paths(flags.labels), readVotes) }),
  };
}

/** @throws ConfigError for a value out of range */
export function optionsOf(flags: ReconcileFlags): ReconcileOptions {
  const { accept, targetPrecision, quorum } = flags;
  return {
    seed: numberOf('--seed', flags.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true),
    lengthEffects: flags.length,
    sameFamily: oneOf<SameFamilyPolicy>('--same-family', flags.sameFamily, sameFamilyPolicies),
    ...(flags.raters !== undefined && { raters: flags.raters.split(',').map((name) => name.trim()) }),
    ...(accept !== undefined && { accept: numberOf('--accept', accept, 0.5, 1) }),
    ...(targetPrecision !== undefined && {
      targetPrecision: numberOf('--target-precision', targetPrecision, 0.5, 0.999),
    }),
    ...(quorum !== undefined && { quorum: numberOf('--quorum', quorum, 0, 1e6, true) }),
    ...(flags.humans !== undefined && {
      humans: oneOf<HumanPolicy>('--humans', flags.humans, humanPolicies),
    }),
  };
}

function numberOf(flag: string, text: string, low: number, high: number, whole = false): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= low && value <= high && (!whole || Number.isInteger(value)))
    return value;
  const kind = whole ? 'a whole number' : 'a number';
  throw new ConfigError(`${flag} must be ${kind} between ${low} and ${high}, received "${text}"`);
}

function oneOf<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new ConfigError(`${flag} must be one of ${choices.join(', ')}, received "${text}"`);
}

async function* each<T>(
  files: readonly string[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const file of files) yield* read(file);
}
