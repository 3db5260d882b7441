import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { ConfigError, InputError } from '../../domain/errors.ts';
import { readManifest, readMetrics } from '../../registry/read-training-files.ts';
import { registerVersion } from '../../registry/register-version.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line } from '../io.ts';
import { authorOf, type RegistryFlags, withRegistry } from './with-registry.ts';

export interface RegisterFlags extends RegistryFlags {
  readonly artefact: string;
  readonly servedAs?: string;
  readonly baseModel?: string;
  readonly manifest?: string;
  readonly trainingConfig?: string;
  readonly job?: string;
  readonly metrics?: string;
  readonly description?: string;
  readonly tag?: readonly string[];
  readonly key?: string;
  readonly by?: string;
}

export async function registerModel(io: CommandIo, model: string, flags: RegisterFlags): Promise<ExitCode> {
  const at = (path: string) => resolve(io.cwd, path);
  const manifest = flags.manifest === undefined ? null : await manifestAt(at(flags.manifest));
  const job = flags.job ?? manifest?.job ?? undefined;
  const lineage = {
    ...(flags.baseModel !== undefined && { base_model: flags.baseModel }),
    ...(manifest !== null && { dataset_hash: manifest.contentHash, manifest: manifest.file }),
    ...(flags.trainingConfig !== undefined && {
      training_config: await settingsOf(at(flags.trainingConfig)),
    }),
    ...(job !== undefined && { job }),
  };
  const draft = {
    artefact: /^\w[\w+.-]*:\/\//.test(flags.artefact) ? flags.artefact : at(flags.artefact),
    lineage,
    metrics: flags.metrics === undefined ? {} : await readMetrics(at(flags.metrics)),
    ...(flags.servedAs !== undefined && { served_as: flags.servedAs }),
    ...(flags.description !== undefined && { description: flags.description }),
    ...(flags.tag !== undefined && { tags: tagsOf(flags.tag) }),
    ...(flags.key !== undefined && { key: flags.key }),
  };
  const add = async (registry: Parameters<typeof registerVersion>[0]) => {
    const version = await registerVersion(registry, model, draft, authorOf(flags.by));
    const { stage, served_as } = version;
    if (flags.json === true) line(io, JSON.stringify({ model, ...version }, null, 2));
    else line(io, `${model} version ${version.version} (${stage}), served as ${served_as}`);
    return exitCodes.ok;
  };
  return withRegistry(io, flags, add, { makes: true });
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

function tagsOf(tags: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    tags.map((tag) => {
      const [key = '', ...value] = tag.split('=');
      if (key === '' || value.length === 0)
        throw new ConfigError(`--tag must be key=value, received "${tag}"`);
      return [key, value.join('=')];
    }),
  );
}
