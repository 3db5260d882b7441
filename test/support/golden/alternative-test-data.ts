import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import {
  type Annotations,
  alternativeAnnotatorTest,
} from '../../../src/stats/agreement/alternative-annotator-test.ts';
import { sharedData } from '../shared-data.ts';
import { definedValue, near, type StatVector } from './vector.ts';

type Values = Map<string, string | number>;
interface Study {
  readonly humans: ReadonlyMap<string, Annotations>;
  readonly judges: ReadonlyMap<string, Annotations>;
}

/**
 * The vectors on the paper's data sets were made from all of their units; here is a random half (by hash of the
 * source). The exact numbers can therefore not be asked for: what is checked is that the half's advantage probability
 * lies within sampling distance of the whole's, for every judge. The synthetic vector checks the procedure exactly.
 */
export function checkOnHalf({ input, expected }: StatVector): void {
  const study = studyOf(input.data);
  expect(study.judges.size).toBeGreaterThan(0);
  for (const [name, whole] of Object.entries<{ advantage_prob: number }>(expected)) {
    const judge = study.judges.get(name);
    if (judge === undefined) throw new Error(`${input.data}: no annotations of ${name}`);
    const half = definedValue(
      alternativeAnnotatorTest(judge, study.humans, {
        epsilon: input.epsilon,
        scoring: input.scoring === 'neg_rmse' ? 'negativeRmse' : 'accuracy',
        falseDiscoveryRate: input.q_fdr,
        minHumansPerUnit: input.min_humans_per_instance,
        // half of the units: half of the number that the whole asks for
        minUnitsPerHuman: input.min_instances_per_human / 2,
      }),
    );
    const units = half.annotators.reduce((sum, person) => sum + person.units, 0);
    near(half.advantageProbability, whole.advantage_prob, 0.03 + 1.5 / Math.sqrt(units));
    expect(half.winningRate).toBeGreaterThanOrEqual(0);
    expect(half.winningRate).toBeLessThanOrEqual(1);
  }
}

function studyOf(description: string): Study {
  const set = /ds=(\S+)/.exec(description)?.[1];
  return set === undefined ? mtBench() : ratings(set);
}

function ratings(set: string): Study {
  const study = { humans: new Map<string, Values>(), judges: new Map<string, Values>() };
  for (const row of lines('votes/alttest.ratings.jsonl.gz')) {
    if (row.ds !== set) continue;
    for (const [human, value] of Object.entries<number>(row.humans)) add(study.humans, human, row.id, value);
    for (const [judge, value] of Object.entries<number>(row.llms)) add(study.judges, judge, row.id, value);
  }
  return study;
}

function mtBench(): Study {
  const study = { humans: new Map<string, Values>(), judges: new Map<string, Values>() };
  const labelOf = (row: Line): string => (row.outcome === 'verdict' ? row.preferred : 'tie');
  for (const row of lines('votes/mtbench.labels.jsonl.gz'))
    if (row.rater_kind === 'human') add(study.humans, row.rater, row.item, labelOf(row));
  for (const row of lines('votes/mtbench.votes.jsonl.gz'))
    add(study.judges, row.rater.split('/')[0], row.item, labelOf(row));
  return study;
}

// biome-ignore lint/suspicious/noExplicitAny: raw lines of two different files
type Line = any;

function lines(file: string): Line[] {
  return gunzipSync(readFileSync(sharedData(file)))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
}

function add(into: Map<string, Values>, rater: string, unit: string, value: string | number): void {
  const values = into.get(rater) ?? new Map();
  values.set(unit, value);
  into.set(rater, values);
}
