import { dirname, resolve } from 'node:path';
import { checkArgument } from '../../domain/check-argument.ts';
import type { Mistake } from '../../domain/errors.ts';
import type { Environment } from '../../domain/expand-variables.ts';
import {
  defaultGateSettings,
  type GateCriterionSpec,
  type GateFloorSpec,
  type GateSettings,
} from '../../domain/gate-settings.ts';
import type { Job } from '../../domain/job.ts';
import { asJob } from '../job/as-job.ts';
import { checkPanel } from '../job/check-job.ts';
import type { KnownParts } from '../job/job-schema.ts';
import { loadReferences } from '../job/load-references.ts';
import { checkYaml } from '../yaml/check-value.ts';
import { configErrorFrom, repeatedIds } from '../yaml/mistakes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { gateSchemaWith, type WrittenGate } from './gate-schema.ts';

/**
 * The content of a gate file: how to decide, and the raters to ask.
 * @example
 * const { settings, job }: Gate = await loadGate('gate.yaml');
 */
export interface Gate {
  readonly settings: GateSettings;
  /** The panel; null if the file names no raters. Its items are those of the gate, not of the file. */
  readonly job: Job | null;
}

/**
 * Loads a gate file: criteria and floors, with the panel of a job. By default a gate asks every rater about every item,
 * because stopping early on single items would bias its estimates.
 * @param env values for `${NAME}` in `base_url` and `model`.
 * @param known what the caller brings besides the shipped providers and formats.
 * @throws ConfigError with every mistake of the file and of the files that it names.
 * @example
 * const gate = await loadGate('gate.yaml');
 * const { result } = await runGate({ gate, candidate: 'new.jsonl', baseline: 'old.jsonl' });
 */
export async function loadGate(
  file: string,
  env: Environment = process.env,
  known: KnownParts = {},
): Promise<Gate> {
  checkArgument('file', file, 'name');
  const path = resolve(file);
  const mistakes: Mistake[] = [];
  const yaml = await readYamlFile(path, mistakes);
  if (yaml === null) throw configErrorFrom(mistakes);
  const folder = dirname(path);
  const written = checkYaml(yaml, gateSchemaWith(known), mistakes);
  const references = await loadReferences(yaml, folder, mistakes);
  mistakes.push(...repeatedIds(yaml, ['criteria'], 'criterion'));
  mistakes.push(...(await checkPanel(yaml, folder, env, references.rubrics, known)));
  if (written === undefined || mistakes.length > 0) throw configErrorFrom(mistakes);
  const { allocation = 'fixed', items = '' } = written;
  const job = asJob(path, folder, { ...written, items, allocation }, references, env, known.providers);
  const hasRaters =
    known.given?.has('raters') === true || job.panel.length > 0 || job.rules.length > 0 || job.facts !== null;
  return { settings: asSettings(written), job: hasRaters ? job : null };
}

function asSettings(written: WrittenGate): GateSettings {
  const { criteria, floors, judge_errors: errors } = written;
  return {
    criteria: criteria?.map(asCriterion) ?? null,
    floors: floors?.map(asFloor) ?? defaultGateSettings.floors,
    alpha: written.alpha,
    power: written.power,
    multiplicity: written.multiplicity,
    minItems: written.min_items,
    minLabels: written.min_labels,
    quorum: written.quorum,
    sameFamily: written.reconcile.same_family === 'keep' ? 'keep' : 'recuse',
    judgeErrors:
      errors === undefined
        ? null
        : {
            positives: errors.positives,
            truePositives: errors.true_positives,
            negatives: errors.negatives,
            trueNegatives: errors.true_negatives,
          },
    batch: written.sequential.batch,
    worst: written.worst,
    seed: written.seed,
  };
}

function asCriterion(written: NonNullable<WrittenGate['criteria']>[number]): GateCriterionSpec {
  const { criterion, scale, rules, margin, slices, ...rest } = written;
  return {
    ...rest,
    criterion: criterion ?? null,
    scale: scale ?? null,
    rules: rules ?? null,
    margin: margin ?? (rest.test === 'superiority' ? 0.03 : 0.05),
    slices: slices.map(({ is, min_items: minItems, ...slice }) => ({ ...slice, is: is ?? null, minItems })),
  };
}

function asFloor(written: NonNullable<WrittenGate['floors']>[number]): GateFloorSpec {
  return {
    id: written.id ?? written.metric,
    metric: written.metric,
    rules: written.rules ?? null,
    maxRate: written.max_rate ?? null,
    maxCount: written.max_count ?? null,
    maxIncrease: written.max_increase ?? null,
    proven: written.proven,
    named: true,
  };
}
