import { dirname, resolve } from 'node:path';
import { checkArgument } from '../../domain/check-argument.ts';
import type { Mistake } from '../../domain/errors.ts';
import {
  byTrigger,
  type CadenceTask,
  type CommandSpec,
  type LoopSpec,
  type TriggerId,
  type TriggerRule,
} from '../../domain/loop.ts';
import { fileId } from '../rubric/load-rubric.ts';
import { checkYaml } from '../yaml/check-value.ts';
import { configErrorFrom } from '../yaml/mistakes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { checkLoop } from './check-loop.ts';
import { loopSchema, type WrittenCommand, type WrittenLoop } from './loop-schema.ts';

/**
 * Loads a loop file; paths are relative to its folder.
 * @throws ConfigError with every mistake at once
 * @example
 * const { model, triggers } = await loadLoop('loop.yaml');
 */
export async function loadLoop(file: string): Promise<LoopSpec> {
  checkArgument('file', file, 'name');
  const path = resolve(file);
  const mistakes: Mistake[] = [];
  const yaml = await readYamlFile(path, mistakes);
  if (yaml === null) throw configErrorFrom(mistakes);
  const written = checkYaml(yaml, loopSchema, mistakes);
  mistakes.push(...checkLoop(yaml));
  if (written === undefined || mistakes.length > 0) throw configErrorFrom(mistakes);
  return asLoop(path, written);
}

function asLoop(file: string, written: WrittenLoop): LoopSpec {
  const folder = dirname(file);
  const at = (path: string) => resolve(folder, path);
  const { train, cadence } = written;
  const rule = (id: TriggerId): TriggerRule => {
    const { action, rearm_at, window_days, cooldown_days, ...rest } = written.triggers[id];
    const chosen = typeof action === 'string' ? action : asCommand(action);
    return {
      ...rest,
      rearmAt: rearm_at,
      windowDays: window_days,
      cooldownDays: cooldown_days,
      action: chosen === 'train' && train === undefined ? 'report' : chosen,
    };
  };
  const task = (id: CadenceTask) => {
    const { at: pattern, work } = cadence[id];
    return { at: pattern === false ? null : pattern, work: work === undefined ? null : asCommand(work) };
  };
  return {
    name: written.name ?? fileId(file),
    file,
    folder,
    model: written.model,
    registry: at(written.registry),
    feedback: at(written.feedback),
    state: at(written.state),
    out: at(written.out),
    preferences: [written.preferences].flat().map(at),
    votes: [written.votes].flat().map(at),
    train:
      train === undefined
        ? null
        : {
            ...asCommand(train),
            dataset: at(train.dataset),
            set: train.set,
            baseModel: train.base_model ?? null,
            artefact: train.artefact,
            metrics: train.metrics === false ? null : train.metrics,
            onCrash: train.on_crash,
            resumeArguments: train.resume_arguments,
            maxAttempts: train.max_attempts,
            timeoutMs: train.timeout_hours === undefined ? null : train.timeout_hours * 3_600_000,
          },
    triggers: byTrigger(rule),
    timezone: cadence.timezone,
    cadence: {
      safety: task('safety'),
      daily: task('daily'),
      weekly: task('weekly'),
      monthly: task('monthly'),
      quarterly: task('quarterly'),
    },
    experiments: written.experiments.map(({ since, salt, settle_hours, ...rest }) => ({
      ...rest,
      salt: salt ?? rest.id,
      since: since ?? null,
      settleHours: settle_hours,
    })),
  };
}

function asCommand({ run, shell, env }: Pick<WrittenCommand, 'run' | 'shell' | 'env'>): CommandSpec {
  return { command: run === undefined ? { shell: shell! } : { run }, env };
}
