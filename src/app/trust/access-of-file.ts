import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadFeedbackSettings } from '../../config/feedback/load-feedback-settings.ts';
import { loadGate } from '../../config/gate/load-gate.ts';
import { loadJob } from '../../config/job/load-job.ts';
import { loadLoop } from '../../config/loop/load-loop.ts';
import { configErrorFrom } from '../../config/yaml/mistakes.ts';
import { readYamlFile } from '../../config/yaml/yaml-file.ts';
import { ConfigError, type Mistake } from '../../domain/errors.ts';
import type { Environment } from '../context.ts';
import { type ProjectAccess, projectRoot } from './access.ts';
import { accessOfJob } from './access-of-job.ts';
import { accessOfAlerts, accessOfLoop } from './access-of-loop.ts';

type Kind = 'job' | 'gate' | 'loop' | 'feedback';

/** Keys by which a document is known, the first that fits. */
const keysOf: readonly (readonly [Kind, readonly string[]])[] = [
  ['loop', ['train', 'cadence', 'triggers', 'registry', 'experiments']],
  ['gate', ['criteria', 'floors', 'multiplicity', 'min_labels']],
  ['feedback', ['intake', 'cleaning', 'understanding', 'actions', 'alerts', 'retention']],
  ['job', ['items', 'panel', 'rules', 'facts']],
];

/**
 * What the job, gate, loop and feedback files at a path ask for.
 * @param path one file, or a folder: each such file in it.
 * @throws ConfigError where a file cannot be used, or the folder has none
 */
export async function accessAt(path: string, env: Environment): Promise<readonly ProjectAccess[]> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const kind = await kindOf(path);
    if (kind !== null) return [await accessOf(kind, path, env)];
    throw new ConfigError(`${path} is no job, gate, loop or feedback file`, [], {
      hint: 'rubrics, constitutions and scripts are trusted with the file that names them',
    });
  }
  const found: ProjectAccess[] = [];
  for (const name of (await readdir(path)).sort()) {
    if (!/\.ya?ml$/i.test(name)) continue;
    const file = join(path, name);
    const kind = await kindOf(file);
    if (kind !== null) found.push(await accessOf(kind, file, env));
  }
  if (found.length > 0) return found;
  throw new ConfigError(`${path} has no job, gate, loop or feedback file`, [], {
    hint: 'name a file: quorate trust job.yaml',
  });
}

async function kindOf(file: string): Promise<Kind | null> {
  const mistakes: Mistake[] = [];
  const yaml = await readYamlFile(file, mistakes);
  if (yaml === null) throw configErrorFrom(mistakes);
  const keys = typeof yaml.value === 'object' && yaml.value !== null ? Object.keys(yaml.value) : [];
  // a rubric may have criteria too, but only a rubric has a verdict format
  if (keys.includes('verdict') || keys.includes('principles')) return null;
  return keysOf.find(([, own]) => own.some((key) => keys.includes(key)))?.[0] ?? null;
}

async function accessOf(kind: Kind, file: string, env: Environment): Promise<ProjectAccess> {
  switch (kind) {
    case 'job':
      return accessOfJob(await loadJob(file, env), { env });
    case 'gate': {
      const { job } = await loadGate(file, env);
      return job === null ? { file, files: [file], access: [] } : accessOfJob(job, { env });
    }
    case 'loop':
      return accessOfLoop(await loadLoop(file));
    case 'feedback': {
      const { alerts } = await loadFeedbackSettings(file, dirname(file));
      return { file, files: [file], access: accessOfAlerts(alerts, dirname(file), projectRoot(file)) };
    }
  }
}
