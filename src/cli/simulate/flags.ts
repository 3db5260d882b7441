import type { SimulationSettings } from '../../app/analysis/simulate-files.ts';
import { ConfigError } from '../../domain/errors.ts';
import { allocationKinds } from '../../domain/job.ts';
import { choiceOption, ratersOf, seedOf } from '../options.ts';

/** Flags of `quorate simulate`, as commander passes them. */
export interface SimulateFlags {
  readonly votes: readonly string[];
  readonly items?: readonly string[];
  readonly labels?: readonly string[];
  /** False: labels measure accuracy only. */
  readonly fitLabels?: boolean;
  readonly raters?: string;
  readonly allocation: string;
  readonly targetError?: string;
  readonly usdPerItem?: string;
  readonly samples?: string;
  readonly unitPrice?: string;
  readonly seed: string;
  readonly out?: string;
  readonly frontier?: boolean;
  readonly svg?: string;
  readonly json?: boolean;
}

/** @throws ConfigError naming the option, what it must be and what was received. */
export function readSimulationFlags(flags: SimulateFlags): SimulationSettings {
  const allocation = choiceOption('--allocation', flags.allocation, allocationKinds);
  if (flags.targetError !== undefined && flags.usdPerItem !== undefined) {
    throw new ConfigError('--target-error and --usd-per-item exclude each other', [], {
      hint: 'give the target error or the budget; --frontier shows both',
    });
  }
  if (flags.frontier === true && flags.samples !== undefined) {
    throw new ConfigError('--frontier tries every plan; omit --samples');
  }
  if (flags.svg !== undefined && flags.frontier !== true) {
    throw new ConfigError('--svg draws the frontier: add --frontier');
  }
  if (flags.samples !== undefined && allocation !== 'fixed') {
    throw new ConfigError(`--samples needs --allocation fixed, received ${allocation}`);
  }
  if (flags.targetError !== undefined && allocation === 'fixed') {
    throw new ConfigError(
      '--allocation fixed asks the same of every item and cannot meet --target-error',
      [],
      {
        hint: 'use cascade or adaptive, or --samples',
      },
    );
  }
  return {
    allocation,
    targetError: number(
      '--target-error',
      flags.targetError,
      'a share between 0 and 0.5',
      (x) => x > 0 && x < 0.5,
    ),
    usdPerItem: number('--usd-per-item', flags.usdPerItem, 'a price above 0', (x) => x > 0),
    samples: number(
      '--samples',
      flags.samples,
      'a whole number from 1 on',
      (x) => Number.isSafeInteger(x) && x > 0,
    ),
    unitPrice: number('--unit-price', flags.unitPrice, 'a price of 0 or more', (x) => x >= 0),
    seed: seedOf(flags),
    raters: ratersOf(flags),
    fitLabels: flags.fitLabels !== false,
  };
}

function number(
  name: string,
  text: string | undefined,
  expected: string,
  holds: (value: number) => boolean,
): number | null {
  if (text === undefined) return null;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && holds(value)) return value;
  throw new ConfigError(`${name} must be ${expected}, received "${text}"`);
}
