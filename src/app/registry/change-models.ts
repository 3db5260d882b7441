import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigError, InputError } from '../../domain/errors.ts';
import type { ModelStage, VersionDraft } from '../../domain/model-version.ts';
import type { ModelVersion } from '../../registry/model-state.ts';
import { type Promotion, promoteVersion } from '../../registry/promote-version.ts';
import { readGateReport } from '../../registry/read-gate-report.ts';
import { readManifest, readMetrics } from '../../registry/read-training-files.ts';
import { registerVersion } from '../../registry/register-version.ts';
import { type Rollback, rollBack } from '../../registry/roll-back.ts';
import type { AppContext } from '../context.ts';
import { withRegistry } from './with-registry.ts';

/** A registry file and the name that it records for a change. */
export interface RegistryAccess {
  readonly registry: string;
  readonly by: string;
}

export interface RegisterRequest
  extends Pick<VersionDraft, 'artefact' | 'served_as' | 'description' | 'key'> {
  readonly baseModel?: string | undefined;
  /** Manifest of the training data, or its folder. */
  readonly manifest?: string | undefined;
  /** Settings of the training (JSON or YAML). */
  readonly trainingConfig?: string | undefined;
  readonly job?: string | undefined;
  /** JSON file with numbers. */
  readonly metrics?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Adds a version as a candidate; makes the registry where there is none. @throws InputError, RegistryError */
export async function registerModel(
  { registry: file, by }: RegistryAccess,
  model: string,
  request: RegisterRequest,
  { clock }: AppContext,
): Promise<ModelVersion> {
  const { baseModel, manifest: manifestPath, trainingConfig, metrics, tags, ...draft } = request;
  const manifest = manifestPath === undefined ? null : await manifestAt(manifestPath);
  const { job = manifest?.job ?? undefined, ...rest } = draft;
  const lineage = {
    ...(baseModel !== undefined && { base_model: baseModel }),
    ...(manifest !== null && { dataset_hash: manifest.contentHash, manifest: manifest.file }),
    ...(trainingConfig !== undefined && { training_config: await settingsOf(trainingConfig) }),
    ...(job !== undefined && { job }),
  };
  const version: VersionDraft = {
    ...rest,
    lineage,
    metrics: metrics === undefined ? {} : await readMetrics(metrics),
    ...(tags !== undefined && { tags }),
  };
  return withRegistry(file, (registry) => registerVersion(registry, model, version, { by, clock }), {
    create: true,
  });
}

export interface PromoteRequest {
  readonly version: string;
  readonly to: Exclude<ModelStage, 'candidate'>;
  /** Report of `quorate gate`. It is recorded whatever it says. */
  readonly gateReport?: string | undefined;
  /** Default: the reasons of the gate. */
  readonly reason?: string | undefined;
  /** Promotes against the gate. */
  readonly override?: boolean | undefined;
}

/** Moves a version to another stage. A refusal is a value. @throws ConfigError, InputError, RegistryError */
export async function promoteModel(
  { registry: file, by }: RegistryAccess,
  model: string,
  { gateReport, ...request }: PromoteRequest,
  { clock }: AppContext,
): Promise<Promotion> {
  const report = gateReport === undefined ? undefined : await readGateReport(gateReport);
  const reason = request.reason ?? report?.reasons.join('; ') ?? '';
  if (reason.trim() === '') {
    throw new ConfigError('a promotion needs a reason', [], {
      hint: 'state it with --reason TEXT, or give the report of a gate with --gate-report FILE',
    });
  }
  return withRegistry(file, (registry) =>
    promoteVersion(registry, model, { ...request, reason, report }, { by, clock }),
  );
}

/** Returns to the previous production version. @throws RegistryError where there is none */
export function rollBackModel(
  { registry: file, by }: RegistryAccess,
  model: string,
  request: { readonly reason: string; readonly expected?: string | undefined },
  { clock }: AppContext,
): Promise<Rollback> {
  return withRegistry(file, (registry) => rollBack(registry, model, request, { by, clock }));
}

async function manifestAt(path: string) {
  const isFolder = (await stat(path)).isDirectory();
  return readManifest(isFolder ? join(path, 'manifest.json') : path);
}

async function settingsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, 'utf8');
  const read = (): unknown => {
    try {
      return parse(text);
    } catch (cause) {
      throw new InputError(file, null, `not valid YAML or JSON: ${(cause as Error).message}`, { cause });
    }
  };
  const settings = read();
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    throw new InputError(file, null, 'must be a mapping (key: value)');
  return settings as Readonly<Record<string, unknown>>;
}
