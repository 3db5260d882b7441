import { existsSync } from 'node:fs';
import { readItems } from '../src/files/items.ts';
import { readVotes } from '../src/files/votes.ts';
import { type AnswerBook, type Question, valueOfAnswer } from '../src/reconcile/agreement/answer-book.ts';
import { collectAnswers } from '../src/reconcile/agreement/collect-answers.ts';
import { labelOf } from '../src/reconcile/agreement/reference-answers.ts';
import { pairedDifference } from '../src/stats/bootstrap/paired-difference.ts';
import { clusteredMean } from '../src/stats/intervals/cluster-standard-error.ts';
import { clusteredPpiMean, type PpiUnit } from '../src/stats/ppi/clustered-ppi-mean.ts';
import { type Random, seededRandom } from '../src/stats/random.ts';
import { BettingTest } from '../src/stats/sequential/betting-test.ts';
import { normalQuantile } from '../src/stats/special/normal.ts';

const folder = '../shared/data/votes/';
const sets = [
  { set: 'mtbench', judges: ['gpt-4/pair-v2'] },
  { set: 'triviaqa', judges: ['GPT-4'] },
  { set: 'triviaqa', judges: ['Llama-70B', 'Llama-13B', 'Mistral-7B'] },
  { set: 'llmbar', judges: ['GPT-4/Vanilla'] },
  { set: 'llmbar-case', judges: ['GPT-4/CoT'] },
  { set: 'llmbar-human', judges: ['GPT-4/Metrics_Reference'] },
];

/**
 * Do 90 % intervals cover in 90 % of cases? Each trial draws n labelled and as many unlabelled units as the set has,
 * with replacement, from real judge votes: a world whose true mean is the set's own. Compared: prediction-powered
 * mean, labels alone, and the judge's mean taken at its word. Then peeking at a sequential test, and the bootstrap's speed.
 */
export async function main({ quick = false }: { readonly quick?: boolean } = {}): Promise<void> {
  if (!existsSync(folder)) {
    console.log('no recorded votes in ../shared/data: nothing measured');
    return;
  }
  const trials = quick ? 200 : 1000;
  console.log(`90 % intervals, ${trials} draws each\n`);
  console.log(
    '| set | judges | n | covers | labels alone covers | judge alone covers | width ratio | effective labels |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  for (const { set, judges } of sets) {
    const units = await readUnits(set, judges);
    for (const n of [50, 100, 200]) measure(`${set} | ${judges.join(', ')}`, units, n, trials);
  }
  falsePasses(quick ? 500 : 2000);
  bootstrapSpeed();
}

async function readUnits(
  set: string,
  judges: readonly string[],
): Promise<{ label: number; prediction: number }[]> {
  const book = await collectAnswers({
    votes: readVotes(`${folder}${set}.votes.jsonl.gz`),
    items: readItems(`${folder}${set}.items.jsonl.gz`),
    labels: readVotes(`${folder}${set}.labels.jsonl.gz`),
    raters: judges,
  });
  const questions: readonly Question[] = book.pairs.length > 0 ? book.pairs : book.scores;
  return questions.flatMap((question) => {
    const label = labelOf(book, question);
    const prediction = meanAnswer(book, question);
    if (label === null || prediction === null) return [];
    // verdicts of -1, 0, 1 become win rates
    return [
      question.kind === 'pair'
        ? { label: (1 + label) / 2, prediction: (1 + prediction) / 2 }
        : { label, prediction },
    ];
  });
}

function meanAnswer(book: AnswerBook, question: Question): number | null {
  const values = [...question.answers]
    .filter(([rater]) => book.raters[rater]!.kind !== 'human')
    .map(([, answer]) => valueOfAnswer(answer))
    .filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function measure(
  name: string,
  units: readonly { readonly label: number; readonly prediction: number }[],
  n: number,
  trials: number,
): void {
  const random = seededRandom(`${name} ${n}`);
  const truth = units.reduce((sum, { label }) => sum + label, 0) / units.length;
  const holds = ({ low, high }: { readonly low: number; readonly high: number }) =>
    low <= truth && truth <= high;
  const covered = { powered: 0, labels: 0, judge: 0 };
  let widthRatio = 0;
  let effective = 0;
  let defined = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const drawn = Array.from({ length: n + units.length }, (_, index): PpiUnit => {
      const unit = draw(units, random);
      return { prediction: unit.prediction, label: index < n ? unit.label : null, cluster: index };
    });
    const result = clusteredPpiMean(drawn, 0.1);
    const judge = clusteredMean(
      drawn.map(({ prediction }) => prediction),
      drawn.map(({ cluster }) => cluster),
    );
    if (!result.defined || !judge.defined) continue;
    const { interval, labelsAlone, effectiveLabels, standardError } = result.value;
    defined += 1;
    covered.powered += holds(interval) ? 1 : 0;
    covered.labels += holds(labelsAlone.interval) ? 1 : 0;
    const half = normalQuantile(0.95) * judge.value.cr1Error;
    covered.judge += holds({ low: judge.value.mean - half, high: judge.value.mean + half }) ? 1 : 0;
    widthRatio += labelsAlone.standardError === 0 ? 1 : standardError / labelsAlone.standardError;
    effective += effectiveLabels;
  }
  const share = (count: number) => (count / defined).toFixed(3);
  console.log(
    `| ${name} | ${n} | ${share(covered.powered)} | ${share(covered.labels)} | ${share(covered.judge)} | ${(widthRatio / defined).toFixed(2)} | ${(effective / defined).toFixed(0)} |`,
  );
}

function draw<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)]!;
}

/** Gates under no difference: how often does a look after every prompt, or one look at the end, pass a model wrongly? */
function falsePasses(gates: number): void {
  const random = seededRandom('false passes');
  let sequential = 0;
  let fixed = 0;
  for (let gate = 0; gate < gates; gate += 1) {
    const test = new BettingTest(0.5, 0.05);
    const results = Array.from({ length: 400 }, () => (random() < 0.2 ? 0.5 : random() < 0.5 ? 1 : 0));
    for (const result of results) test.add(result);
    sequential += test.isRejected ? 1 : 0;
    const mean = clusteredMean(
      results,
      results.map((_, index) => index),
    );
    if (mean.defined && (mean.value.mean - 0.5) / mean.value.cr1Error > normalQuantile(0.95)) fixed += 1;
  }
  console.log(
    `\nfalse passes at alpha .05, ${gates} gates of 400 prompts without a difference: one look ${(fixed / gates).toFixed(3)}, a look after every prompt ${(sequential / gates).toFixed(3)}`,
  );
}

function bootstrapSpeed(): void {
  const random = seededRandom('speed');
  const clusters = Array.from({ length: 10_000 }, (_, index) => index);
  const differences = clusters.map(() => random() - 0.5);
  const start = performance.now();
  pairedDifference(differences, clusters, { replicates: 10_000, random });
  console.log(
    `paired bootstrap, 10,000 draws over 10,000 clusters: ${((performance.now() - start) / 1000).toFixed(2)} s`,
  );
}
