import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Gate, loadGate } from '../config/gate/load-gate.ts';
import type { KnownParts } from '../config/job/job-schema.ts';
import { loadJob } from '../config/job/load-job.ts';
import { checkArgument } from '../domain/check-argument.ts';
import { ConfigError } from '../domain/errors.ts';
import { withProviders } from '../providers/index.ts';
import { checkParts, partNames } from './check-parts.ts';
import type { Environment } from './context.ts';
import type { DefinedJob } from './define-job.ts';
import { mergedParts, type Parts } from './parts.ts';

/**
 * The parts that an ES module exports: any of `providers`, `raters`, `rules` and `formats`, each a list. It runs
 * with all rights of this process, so the person who starts the program names it; a job file never can.
 * @param cwd where a relative path starts.
 * @throws ConfigError where the module does not load, throws, or exports another shape.
 * @example
 * const parts = await loadPlugin('./my-raters.mjs');
 * await runJob(await loadJob('job.yaml'), { parts });
 */
export async function loadPlugin(file: string, cwd: string = process.cwd()): Promise<Parts> {
  checkArgument('file', file, 'name');
  const path = isAbsolute(file) ? file : resolve(cwd, file);
  const exported = await importFile(file, path);
  if (!partNames.some((name) => name in exported)) {
    throw new ConfigError(`the plugin ${file} exports none of ${partNames.join(', ')}`, [], {
      hint: 'for example: export const raters = [defineRater({ … })];',
    });
  }
  try {
    checkParts(exported, '');
  } catch (error) {
    throw asPluginError(file, error);
  }
  const { providers = [], raters = [], rules = [], formats = [] } = exported as Parts;
  return { providers, raters, rules, formats };
}

/** What a loader of files has to know of the parts. */
export function knownParts(parts: Parts): KnownParts {
  return {
    providers: withProviders(parts.providers ?? []),
    formats: (parts.formats ?? []).map(({ name }) => name),
    ...((parts.raters ?? []).length + (parts.rules ?? []).length > 0
      ? { given: new Set(['raters'] as const) }
      : {}),
  };
}

/** A job file with the code of plugins beside it. @param plugins paths that the person at the command line named. */
export async function loadJobWith(
  file: string,
  plugins: readonly string[] | undefined,
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): Promise<DefinedJob> {
  const parts = await loadPlugins(plugins, cwd);
  const job = await loadJob(resolve(cwd, file), env, plugins === undefined ? {} : knownParts(parts));
  return { ...job, parts };
}

/** A gate file and the code of the plugins beside it. */
export interface GateWithParts {
  readonly gate: Gate;
  readonly parts: Parts;
}

/** A gate file with the code of plugins beside it. @param plugins as of `loadJobWith`. */
export async function loadGateWith(
  file: string,
  plugins: readonly string[] | undefined,
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): Promise<GateWithParts> {
  const parts = await loadPlugins(plugins, cwd);
  const known = plugins === undefined ? {} : knownParts(parts);
  return { gate: await loadGate(resolve(cwd, file), env, known), parts };
}

/** Several plugins as one. */
export async function loadPlugins(files: readonly string[] | undefined, cwd: string): Promise<Parts> {
  const parts: Parts[] = [];
  for (const file of files ?? []) parts.push(await loadPlugin(file, cwd));
  return mergedParts(...parts);
}

async function importFile(file: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    const { message } = cause instanceof Error ? cause : new Error(String(cause));
    throw new ConfigError(`the plugin ${file} does not load: ${message.split('\n', 1)[0]}`, [], {
      cause,
      hint: 'a plugin is an ES module (.mjs or .js) with the named exports providers, raters, rules or formats',
    });
  }
}

function asPluginError(file: string, error: unknown): unknown {
  if (!ConfigError.isInstance(error)) return error;
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return new ConfigError(`the plugin ${file}: ${error.message}`, [], hint);
}
