import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StoreError } from '../../domain/errors.ts';
import type { LoopSpec, TrainSpec } from '../../domain/loop.ts';
import type { Training, TrainingAttempt } from '../../domain/model-version.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LoopStore } from '../../ports/loop-store.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import { type ManifestFacts, readManifest, readMetrics } from '../../registry/read-training-files.ts';
import { registerVersion } from '../../registry/register-version.ts';
import { startAttempt } from './attempt-process.ts';
import { commandEnvironment, fillPlaceholders } from './prepare-command.ts';
import { type AttemptEnd, waitForAttempt } from './wait-for-attempt.ts';

/** The dependencies of a training. */
export interface TrainingParts {
  readonly store: LoopStore;
  readonly registry: ModelRegistry;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Author of the registered version. */
  readonly by: string;
  /** Accepted preference pairs at present; null if the loop has no preference files. */
  readonly acceptedPairs: number | null;
  readonly firing?: string | undefined;
  /** Distinguishes repeated trainings on the same data and command, for commands that are not deterministic. */
  readonly again?: string | undefined;
  /** Receives log lines: progress, and the output of the command. */
  readonly onLine: (text: string) => void;
}

/** Trains once on a dataset with a command and registers the result. Every step is recorded before it happens, and the command
 * outlives this process. The same call again waits for a running command, restarts or resumes a crashed one as configured,
 * or registers an unregistered result; a finished training is returned as it is.
 * @throws StoreError if another process is training
 * @throws InputError for an invalid dataset or metrics file
 */
export async function runTraining(loop: LoopSpec, train: TrainSpec, parts: TrainingParts): Promise<Training> {
  const role = parts.store.take('train');
  if (role === null) {
    throw new StoreError(`another process is already training for ${parts.store.location}`, {
      hint: 'wait until it is done; the same command then reports the result',
    });
  }
  try {
    return await new TrainingRun(loop, train, parts, await readManifest(manifestOf(train))).go();
  } finally {
    role.release();
  }
}

function manifestOf(train: TrainSpec): string {
  return join(train.dataset, 'manifest.json');
}

class TrainingRun {
  readonly #loop: LoopSpec;
  readonly #train: TrainSpec;
  readonly #parts: TrainingParts;
  readonly #manifest: ManifestFacts;
  readonly #id: string;
  readonly #folder: string;

  constructor(loop: LoopSpec, train: TrainSpec, parts: TrainingParts, manifest: ManifestFacts) {
    this.#loop = loop;
    this.#train = train;
    this.#parts = parts;
    this.#manifest = manifest;
    const { command, set, baseModel, artefact } = train;
    const what = { model: loop.model, data: manifest.contentHash, command, set, baseModel, artefact };
    this.#id = hashValue({ ...what, again: parts.again ?? '' }).slice(0, 12);
    this.#folder = join(loop.out, 'trainings', this.#id);
  }

  async go(): Promise<Training> {
    const { store } = this.#parts;
    let training = (await store.training(this.#id)) ?? this.#newTraining();
    if (training.status === 'registered') return training;
    if (training.status !== 'trained') training = await this.#attempts(training);
    return training.status === 'trained' ? this.#register(training) : training;
  }

  #newTraining(): Training {
    const { acceptedPairs, firing } = this.#parts;
    return {
      id: this.#id,
      model: this.#loop.model,
      status: 'running',
      dataset: this.#train.dataset,
      dataset_hash: this.#manifest.contentHash,
      created_at: this.#now(),
      attempts: [],
      accepted_pairs: acceptedPairs,
      ...(firing !== undefined && { firing }),
    };
  }

  async #attempts(before: Training): Promise<Training> {
    const { store, onLine, signal } = this.#parts;
    // a failed training that is requested again gets all its attempts
    let left = this.#train.maxAttempts;
    const { failure: _failure, ...rest } = before;
    let training: Training = { ...rest, status: 'running' };
    for (;;) {
      const last = training.attempts.at(-1);
      const isOurs = last === undefined || last.end !== undefined;
      if (isOurs) {
        training = await this.#begin(training);
        left -= 1;
      } else
        onLine(`resuming attempt ${last.number} of training ${this.#id}, which an earlier process started`);
      const end = await this.#wait(training.attempts.at(-1)!, isOurs);
      training = withEnd(training, { ...end, ended_at: this.#now() });
      const number = training.attempts.length;
      if (end.end === 'exited' && end.exit_code === 0) {
        training = { ...training, status: 'trained' };
        await store.saveTraining(training);
        return training;
      }
      const failure = `attempt ${number} ${endText(end)}; log: ${join(this.#attemptFolder(number), 'log.txt')}`;
      if (end.end === 'interrupted') {
        await store.saveTraining({ ...training, failure });
        signal.throwIfAborted();
      }
      onLine(failure);
      if (left <= 0) {
        training = { ...training, status: 'failed', failure };
        await store.saveTraining(training);
        return training;
      }
      await store.saveTraining(training);
    }
  }

  /** Records a new attempt, then starts it. */
  async #begin(training: Training): Promise<Training> {
    const number = training.attempts.length + 1;
    const resumes = number > 1 && this.#train.onCrash === 'resume';
    const attempt: TrainingAttempt = { number, started_at: this.#now(), resumes };
    const begun: Training = { ...training, attempts: [...training.attempts, attempt] };
    if (!resumes) await rm(this.#outputFolder, { recursive: true, force: true });
    await mkdir(this.#outputFolder, { recursive: true });
    await this.#parts.store.saveTraining(begun);
    this.#parts.onLine(`training ${this.#id}, attempt ${number}${resumes ? ', resuming' : ''}`);
    startAttempt(this.#attemptFolder(number), this.#argv(attempt), {
      cwd: this.#loop.folder,
      env: this.#environment(attempt),
    });
    return begun;
  }

  #wait({ number, started_at }: TrainingAttempt, isOurs: boolean): Promise<AttemptEnd> {
    const { clock, signal, onLine } = this.#parts;
    const { timeoutMs } = this.#train;
    const deadlineMs = timeoutMs === null ? null : Date.parse(started_at) + timeoutMs;
    return waitForAttempt(this.#attemptFolder(number), { clock, signal, onLine, isOurs, deadlineMs });
  }

  async #register(training: Training): Promise<Training> {
    const { store, registry, clock, by, onLine } = this.#parts;
    const values = this.#placeholders(training.attempts.at(-1)!);
    const artefact = resolve(this.#loop.folder, fillPlaceholders(this.#train.artefact, values));
    if (!existsSync(artefact)) {
      const failure = `the command succeeded, but ${artefact} does not exist; set "artefact" to the path of its result`;
      const failed: Training = { ...training, status: 'failed', failure };
      await store.saveTraining(failed);
      return failed;
    }
    const metrics = this.#train.metrics === null ? {} : await readMetrics(values.metrics!);
    const { command, set, baseModel } = this.#train;
    const { contentHash, file, job } = this.#manifest;
    const version = await registerVersion(
      registry,
      this.#loop.model,
      {
        artefact,
        metrics,
        key: `training:${this.#id}`,
        lineage: {
          ...(baseModel !== null && { base_model: baseModel }),
          dataset_hash: contentHash,
          manifest: file,
          training_config: { ...command, set },
          training: this.#id,
          ...(job !== null && { job }),
        },
      },
      { by, clock },
    );
    const registered: Training = {
      ...training,
      status: 'registered',
      artefact,
      metrics,
      version: version.version,
    };
    await store.saveTraining(registered);
    onLine(`${this.#loop.model} version ${version.version} is registered, served as ${version.served_as}`);
    return registered;
  }

  #argv(attempt: TrainingAttempt): readonly string[] {
    const { command, resumeArguments } = this.#train;
    if ('shell' in command) return ['/bin/sh', '-c', command.shell];
    const argv = attempt.resumes ? [...command.run, ...resumeArguments] : command.run;
    const values = this.#placeholders(attempt);
    return argv.map((argument) => fillPlaceholders(argument, values));
  }

  #placeholders(attempt: TrainingAttempt): Readonly<Record<string, string>> {
    const values = {
      dataset: this.#train.dataset,
      manifest: this.#manifest.file,
      output: this.#outputFolder,
      model: this.#loop.model,
      base_model: this.#train.baseModel ?? '',
      training: this.#id,
      attempt: String(attempt.number),
    };
    const metrics = fillPlaceholders(this.#train.metrics ?? '', { ...values, metrics: '' });
    return { ...values, metrics: metrics === '' ? '' : resolve(this.#loop.folder, metrics) };
  }

  #environment(attempt: TrainingAttempt): Record<string, string> {
    const ours = Object.entries(this.#placeholders(attempt)).map(
      ([name, value]) => [`QUORATE_${name.toUpperCase()}`, value] as const,
    );
    return commandEnvironment(this.#parts.env, this.#train.env, {
      ...this.#train.set,
      ...Object.fromEntries(ours),
      QUORATE_RESUME: attempt.resumes ? '1' : '',
    });
  }

  get #outputFolder(): string {
    return join(this.#folder, 'output');
  }

  #attemptFolder(number: number): string {
    return join(this.#folder, `attempt-${number}`);
  }

  #now(): string {
    return new Date(this.#parts.clock.now()).toISOString();
  }
}

function withEnd(training: Training, end: AttemptEnd & { readonly ended_at: string }): Training {
  const last = training.attempts.at(-1)!;
  return { ...training, attempts: [...training.attempts.slice(0, -1), { ...last, ...end }] };
}

function endText({ end, exit_code }: AttemptEnd): string {
  switch (end) {
    case 'exited':
      return `exited with code ${exit_code}`;
    case 'timeout':
      return 'exceeded its timeout and was ended';
    case 'interrupted':
      return 'was interrupted';
    default:
      return 'vanished before it ended';
  }
}
