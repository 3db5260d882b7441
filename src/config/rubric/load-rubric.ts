import { basename, extname } from 'node:path';
import type { z } from 'zod';
import { checkArgument } from '../../domain/check-argument.ts';
import { ConfigError, type Mistake } from '../../domain/errors.ts';
import type { Rubric, RubricMode, VerdictFormat } from '../../domain/rubric.ts';
import { checkYaml } from '../yaml/check-value.ts';
import { defined } from '../yaml/common-schema.ts';
import { pathText, valueAt } from '../yaml/document-path.ts';
import { mistakeAt, repeatedIds } from '../yaml/mistakes.ts';
import { resolveNamed, unknownNamed } from '../yaml/shipped-files.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';
import { prometheusRubricSchema, rubricSchema } from './rubric-schema.ts';

/**
 * Loads a rubric by path or by the id of a shipped one.
 * @param folder base of relative paths
 * @throws ConfigError with every mistake of the file
 * @example
 * const rubric = await loadRubric('helpfulness');
 */
export async function loadRubric(name: string, folder: string = process.cwd()): Promise<Rubric> {
  checkArgument('name', name, 'name');
  const file = await resolveNamed(name, folder, 'rubrics');
  if (file === null) {
    const { message, hint } = await unknownNamed(name, 'rubrics');
    throw new ConfigError(message, [], { hint });
  }
  const mistakes: Mistake[] = [];
  const rubric = await readRubric(file, mistakes);
  if (rubric === null || mistakes.length > 0) throw new ConfigError('the rubric cannot be used', mistakes);
  return rubric;
}

/** Reads a rubric file. @returns null if it is invalid, with all mistakes added to `mistakes` */
export async function readRubric(file: string, mistakes: Mistake[]): Promise<Rubric | null> {
  const yaml = await readYamlFile(file, mistakes);
  return yaml === null ? null : rubricOf(yaml, fileId(file), mistakes);
}

/** A rubric from its parsed document. @param id where it has none of its own. */
export function rubricOf(yaml: YamlFile, id: string, mistakes: Mistake[]): Rubric | null {
  if (isPrometheus(yaml.value)) {
    const written = checkYaml(yaml, prometheusRubricSchema, mistakes);
    return written === undefined ? null : fromPrometheus(id, written);
  }
  const written = checkYaml(yaml, rubricSchema, mistakes);
  const more = [...repeatedIds(yaml, ['criteria'], 'criterion'), ...strayAnchors(yaml)];
  if (written !== undefined && !fits(written.verdict, written.mode)) {
    const { message, hint } = verdictMismatch(written.verdict, written.mode);
    more.push(mistakeAt(yaml, ['verdict'], message, hint));
  }
  mistakes.push(...more);
  if (written === undefined || more.length > 0) return null;
  const { reasoning, title, criteria, ...rest } = written;
  return {
    ...defined(rest),
    id: written.id ?? id,
    title: title ?? written.id ?? id,
    criteria: criteria.map(defined),
    reasoning: reasoning === false ? null : { maxWords: reasoning.max_words },
  };
}

/** A text for criteria alone may be a mistake in a rubric of ours; the descriptions of scores are Prometheus' own. */
function isPrometheus(value: unknown): boolean {
  if (typeof valueAt(value, ['criteria']) !== 'string') return false;
  return Object.keys(value as object).some((key) => /^score\d_description$/.test(key));
}

/** The default id of a document: its file name without extension, with other characters replaced by `-`. */
export function fileId(file: string): string {
  return basename(file, extname(file)).replace(/[^\w.-]+/g, '-');
}

const formatsOf: Readonly<Record<RubricMode, readonly VerdictFormat[]>> = {
  pairwise: ['json', 'brackets', 'arena-hard', 'output-ab'],
  pointwise: ['json', 'result', 'rating'],
  listwise: ['json', 'brackets'],
};

/** Whether a verdict format can express a verdict of a mode. */
export function fits(verdict: VerdictFormat, mode: RubricMode): boolean {
  return formatsOf[mode].includes(verdict);
}

/** The message and hint for a format that does not fit a mode. */
export function verdictMismatch(verdict: VerdictFormat, mode: RubricMode): { message: string; hint: string } {
  return {
    message: `verdict format "${verdict}" cannot carry a ${mode} verdict`,
    hint: `for ${mode}: ${formatsOf[mode].join(', ')}`,
  };
}

function fromPrometheus(id: string, written: z.output<typeof prometheusRubricSchema>): Rubric {
  return {
    id,
    version: '1',
    title: id,
    description: '',
    mode: 'pointwise',
    scale: [1, 5],
    criteria: [
      {
        id: 'score',
        description: written.criteria,
        weight: 1,
        anchors: {
          1: written.score1_description,
          2: written.score2_description,
          3: written.score3_description,
          4: written.score4_description,
          5: written.score5_description,
        },
      },
    ],
    reference: 'optional',
    reasoning: { maxWords: 150 },
    ties: true,
    verdict: 'json',
    ask: 'overall',
  };
}

/** Anchors for scores outside the scale, which the schema cannot detect. */
function strayAnchors(yaml: YamlFile): Mistake[] {
  const criteria = valueAt(yaml.value, ['criteria']);
  const scale = valueAt(yaml.value, ['scale']) ?? [1, 5];
  if (!Array.isArray(criteria) || !Array.isArray(scale)) return [];
  const [min, max] = scale;
  return criteria.flatMap((criterion, index) => {
    const place = ['criteria', index, 'anchors'];
    const anchors = valueAt(criterion, ['anchors']);
    if (typeof anchors !== 'object' || anchors === null) return [];
    return Object.keys(anchors)
      .filter((score) => !(Number(score) >= min && Number(score) <= max))
      .map((score) =>
        mistakeAt(
          yaml,
          [...place, score],
          `${pathText(place)} describes score "${score}", which is not on the scale ${min} to ${max}`,
          'anchors are keyed by score: widen the scale or change the key',
          yaml.positionOfKey(place, score),
        ),
      );
  });
}
