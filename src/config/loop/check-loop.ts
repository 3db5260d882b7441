import { Cron } from 'croner';
import type { Mistake } from '../../domain/errors.ts';
import { cadenceTasks, triggerIds } from '../../domain/loop.ts';
import { closest } from '../yaml/closest.ts';
import { pathText, valueAt } from '../yaml/document-path.ts';
import { mistakeAt, repeatedIds } from '../yaml/mistakes.ts';
import type { DocumentPath, YamlFile } from '../yaml/yaml-file.ts';

/** Placeholders in the arguments of a training command, for example `{output}`. */
export const trainingPlaceholders = [
  'dataset',
  'manifest',
  'output',
  'metrics',
  'model',
  'base_model',
  'training',
  'attempt',
] as const;

/** Checks of a loop beyond the schema: placeholders, cron patterns, missing training commands. */
export function checkLoop(yaml: YamlFile): readonly Mistake[] {
  return [
    ...unknownPlaceholders(yaml),
    ...invalidSchedules(yaml),
    ...missingTraining(yaml),
    ...repeatedIds(yaml, ['experiments'], 'experiment'),
  ];
}

function unknownPlaceholders(yaml: YamlFile): Mistake[] {
  const run = valueAt(yaml.value, ['train', 'run']);
  const resume = valueAt(yaml.value, ['train', 'resume_arguments']);
  const places: DocumentPath[] = [
    ...(Array.isArray(run) ? run.map((_, index) => ['train', 'run', index]) : []),
    ...(Array.isArray(resume) ? resume.map((_, index) => ['train', 'resume_arguments', index]) : []),
    ['train', 'artefact'],
    ['train', 'metrics'],
  ];
  return places.flatMap((place) => {
    const written = valueAt(yaml.value, place);
    if (typeof written !== 'string') return [];
    return [...written.matchAll(/\{(\w+)\}/g)]
      .map((match) => match[1]!)
      .filter((name) => !trainingPlaceholders.some((known) => known === name))
      .map((name) => {
        const near = closest(name, [...trainingPlaceholders]);
        return mistakeAt(
          yaml,
          place,
          `${pathText(place)} uses the unknown placeholder {${name}}`,
          near === undefined
            ? `placeholders: ${trainingPlaceholders.map((known) => `{${known}}`).join(' ')}`
            : `did you mean {${near}}?`,
        );
      });
  });
}

function invalidSchedules(yaml: YamlFile): Mistake[] {
  const zone = valueAt(yaml.value, ['cadence', 'timezone']);
  const timezone = typeof zone === 'string' ? zone : 'UTC';
  const hint =
    'minute hour day month weekday, for example "0 6 * * *"; a leading field for seconds is optional';
  const mistakes = cadenceTasks.flatMap((task) => {
    const place = ['cadence', task, 'at'];
    const pattern = valueAt(yaml.value, place);
    if (typeof pattern !== 'string') return [];
    const why = scheduleProblem(pattern, 'UTC');
    return why === null
      ? []
      : [mistakeAt(yaml, place, `${pathText(place)} is not a cron pattern: ${why}`, hint)];
  });
  if (scheduleProblem('* * * * *', timezone) !== null) {
    const place = ['cadence', 'timezone'];
    mistakes.push(mistakeAt(yaml, place, `unknown time zone "${timezone}"`, 'for example Europe/Berlin'));
  }
  return mistakes;
}

function scheduleProblem(pattern: string, timezone: string): string | null {
  try {
    const job = new Cron(pattern, { timezone, paused: true });
    return job.nextRun(new Date(0)) === null ? 'it never comes' : null;
  } catch (error) {
    return (error as Error).message.replace(/^CronPattern: |^CronDate: /, '');
  }
}

function missingTraining(yaml: YamlFile): Mistake[] {
  if (valueAt(yaml.value, ['train']) !== undefined) return [];
  return triggerIds.flatMap((id) => {
    const place = ['triggers', id, 'action'];
    return valueAt(yaml.value, place) === 'train'
      ? [
          mistakeAt(
            yaml,
            place,
            `${pathText(place)} is "train", but the file has no "train" section`,
            'describe the training command under "train"',
          ),
        ]
      : [];
  });
}
