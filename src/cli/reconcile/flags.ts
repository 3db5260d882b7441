import type { RecordFiles } from '../../app/analysis/record-files.ts';
import { humanPolicies } from '../../reconcile/conclude/merge-humans.ts';
import type { ReconcileOptions } from '../../reconcile/reconcile.ts';
import { sameFamilyPolicies } from '../../reconcile/tables/pair-table.ts';
import type { CommandIo } from '../io.ts';
import { type NumberRange, numberOption } from '../number-option.ts';
import { choiceOption, pathsOf, ratersOf, seedOf } from '../options.ts';

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

export function recordFilesOf(io: CommandIo, { votes, items, labels }: ReconcileFlags): RecordFiles {
  const path = pathsOf(io);
  return { votes: votes.map(path), items: items?.map(path), labels: labels?.map(path) };
}

/** @throws ConfigError for a value out of range */
export function reconcileOptionsOf(flags: ReconcileFlags): ReconcileOptions {
  const raters = ratersOf(flags);
  const accept = numberOf('--accept', flags.accept, { min: 0.5, max: 1 });
  const targetPrecision = numberOf('--target-precision', flags.targetPrecision, { min: 0.5, max: 0.999 });
  const quorum = numberOf('--quorum', flags.quorum, { min: 0, max: 1e6, whole: true });
  return {
    seed: seedOf(flags),
    lengthEffects: flags.length,
    sameFamily: choiceOption('--same-family', flags.sameFamily, sameFamilyPolicies),
    ...(raters && { raters }),
    ...(accept !== undefined && { accept }),
    ...(targetPrecision !== undefined && { targetPrecision }),
    ...(quorum !== undefined && { quorum }),
    ...(flags.humans !== undefined && { humans: choiceOption('--humans', flags.humans, humanPolicies) }),
  };
}

function numberOf(name: string, text: string | undefined, range: NumberRange): number | undefined {
  return text === undefined ? undefined : numberOption(name, text, range);
}
