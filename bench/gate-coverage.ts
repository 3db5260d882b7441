import { existsSync } from 'node:fs';
import { type AnswerBook, type Question, valueOfAnswer } from '../src/analysis/agreement/answer-book.ts';
import { collectAnswers } from '../src/analysis/agreement/collect-answers.ts';
import { labelOf } from '../src/analysis/agreement/reference-answers.ts';
import { defaultGateSettings } from '../src/domain/gate-settings.ts';
import { readItems } from '../src/files/items.ts';
import { readVotes } from '../src/files/votes.ts';
import { decideCriteria } from '../src/gate/decision/decide-criteria.ts';
import type { Evidence, Hypothesis } from '../src/gate/decision/hypothesis.ts';
import { type Random, seededRandom } from '../src/stats/random.ts';

const folder = '../shared/data/votes/';
const sets = [
  { set: 'mtbench', judges: ['gpt-4/pair-v2'] },
  { set: 'triviaqa', judges: ['GPT-4'] },
  { set: 'triviaqa', judges: ['Llama-70B', 'Llama-13B', 'Mistral-7B'] },
  { set: 'llmbar', judges: ['GPT-4/Vanilla'] },
  { set: 'llmbar-case', judges: ['GPT-4/CoT'] },
  { set: 'llmbar-human', judges: ['GPT-4/Metrics_Reference'] },
];

interface Unit {
  readonly label: number;
  readonly prediction: number;
}

/**
 * Do a gate's 90 % intervals cover in 90 % of cases, through its own decision code? Each trial draws n labelled and as
 * many unlabelled units as the set has, with replacement, from real judge votes: a world whose true mean is the set's
 * own. Compared: the gate with labels on a part, the labels alone, and the judge taken at its word. Then how often a gate
 * passes or fails wrongly, and what a sequential one asks.
 */
export async function main({ quick = false }: { readonly quick?: boolean } = {}): Promise<void> {
  if (existsSync(folder)) await coverage(quick ? 200 : 1000);
  else console.log('no recorded votes in ../shared/data: coverage is not measured');
  wrongAnswers(quick ? 300 : 2000);
  whatIsAsked(quick ? 50 : 300);
}

async function coverage(trials: number): Promise<void> {
  console.log(`90 % intervals, ${trials} draws each\n`);
  console.log(
    '| set | judges | n | covers | labels alone covers | judge alone covers | width ratio | effective labels |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  for (const { set, judges } of sets) {
    const units = await readUnits(set, judges);
    for (const n of [50, 100, 200]) measure(`${set} | ${judges.join(', ')}`, units, n, trials);
  }
}

async function readUnits(set: string, judges: readonly string[]): Promise<Unit[]> {
  const book = await collectAnswers({
    votes: readVotes(`${folder}${set}.votes.jsonl.gz`),
    items: readItems(`${folder}${set}.items.jsonl.gz`),
    labels: readVotes(`${folder}${set}.labels.jsonl.gz`),
    raters: judges,
  });
  const questions: readonly Question[] = book.pairs.length > 0 ? book.pairs : book.scores;
  return questions.flatMap((question) => {
    const label = labelOf(book, question)?.value ?? null;
    const prediction = meanAnswer(book, question);
    if (label === null || prediction === null) return [];
    // verdicts of -1, 0, 1 become win rates less 1/2
    return [
      question.kind === 'pair' ? { label: label / 2, prediction: prediction / 2 } : { label, prediction },
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

function measure(name: string, units: readonly Unit[], n: number, trials: number): void {
  const random = seededRandom(`${name} ${n}`);
  const truth = units.reduce((sum, { label }) => sum + label, 0) / units.length;
  const holds = ([low, high]: readonly [number, number]) => low <= truth && truth <= high;
  const covered = { powered: 0, labels: 0, judge: 0 };
  let widths = 0;
  let effective = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const drawn = Array.from({ length: n + units.length }, () => draw(units, random));
    const labels = drawn.map(({ label }, index) => (index < n ? label : null));
    const gate = decide(
      evidence(
        drawn.map(({ prediction }) => prediction),
        labels,
      ),
    );
    const alone = decide(evidence(drawn.slice(0, n).map(({ label }) => label)));
    covered.powered += holds(gate.interval) ? 1 : 0;
    covered.labels += holds(alone.interval) ? 1 : 0;
    covered.judge += holds(gate.uncorrected!.interval) ? 1 : 0;
    widths += widthOf(gate.interval) / widthOf(alone.interval);
    effective += gate.effective_labels!;
  }
  const share = (count: number) => (count / trials).toFixed(3);
  console.log(
    `| ${name} | ${n} | ${share(covered.powered)} | ${share(covered.labels)} | ${share(covered.judge)} | ${(widths / trials).toFixed(2)} | ${(effective / trials).toFixed(0)} |`,
  );
}

function widthOf([low, high]: readonly [number, number]): number {
  return high - low;
}

function evidence(
  values: readonly number[],
  labels: readonly (number | null)[] = values.map(() => null),
): Evidence {
  const clusters = values.map((_, unit) => `${unit}`);
  return { values, labels, clusters, range: [-1, 1], lengthDifferences: null };
}

function hypothesis(of: Evidence, margin = 0): Hypothesis {
  const base = { id: 'criterion', metric: 'score', test: 'superiority', slice: null } as const;
  return { ...base, margin, required: true, priority: 1, evidence: of };
}

function decide(of: Evidence) {
  return decideCriteria([hypothesis(of)], defaultGateSettings, 'fixed')[0]!.measured!;
}

function draw<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)]!;
}

/** Wins less 1/2, a fifth of them ties, `improvement` on average. */
function wins(count: number, improvement: number, random: Random): number[] {
  const chance = 0.5 + improvement / 0.8;
  return Array.from({ length: count }, () => (random() < 0.2 ? 0 : random() < chance ? 0.5 : -0.5));
}

const rangeOfWins = { range: [-0.5, 0.5] } as const;

/** Gates at the least favourable truth: exactly on the threshold. What passes is passed wrongly, what fails failed wrongly. */
function wrongAnswers(gates: number): void {
  console.log(`\nwrong answers at alpha .05, ${gates} gates of 400 prompts each\n`);
  console.log('| gate | truth | wrongly passed | wrongly failed |');
  console.log('|---|---|---|---|');
  const row = (name: string, truth: string, trial: (random: Random) => readonly string[]) => {
    const random = seededRandom(name + truth);
    const counts = { pass: 0, fail: 0 };
    for (let gate = 0; gate < gates; gate += 1) {
      const answers = trial(random);
      counts.pass += answers.includes('pass') ? 1 : 0;
      counts.fail += answers.includes('fail') ? 1 : 0;
    }
    console.log(
      `| ${name} | ${truth} | ${(counts.pass / gates).toFixed(3)} | ${(counts.fail / gates).toFixed(3)} |`,
    );
  };
  const answersOf = (hypotheses: readonly Hypothesis[], task: 'fixed' | 'look') =>
    decideCriteria(hypotheses, defaultGateSettings, task).map(({ answer }) => answer);
  for (const margin of [0, 0.03]) {
    const truth = `improvement ${margin}, margin ${margin}`;
    const drawn = (random: Random) => wins(400, margin, random);
    const on = (values: readonly number[]) => [hypothesis({ ...evidence(values), ...rangeOfWins }, margin)];
    row('fixed', truth, (random) => answersOf(on(drawn(random)), 'fixed'));
    row('sequential, a look every 10', truth, (random) => {
      const values = drawn(random);
      return sequentialAnswer((seen) => answersOf(on(values.slice(0, seen)), 'look'), 10, 400).answers;
    });
    // the p-value is that of the best moment so far: one look at the end sees every look before it
    row('sequential, a look after each', truth, (random) => answersOf(on(drawn(random)), 'look'));
  }
  row('fixed, three criteria under Holm, any of them', 'no improvement in any', (random) =>
    answersOf(
      [1, 2, 3].map(() => hypothesis({ ...evidence(wins(400, 0, random)), ...rangeOfWins })),
      'fixed',
    ),
  );
  const flattered = (random: Random, labelled: number) => {
    const truth = wins(400, 0, random);
    const judged = truth.map((value) => (random() < 0.85 ? value : 0.5));
    const labels = truth.map((value, item) => (item < labelled ? value : null));
    return answersOf([hypothesis({ ...evidence(judged, labels), ...rangeOfWins })], 'fixed');
  };
  for (const largest of [10, 40, 200])
    row(
      `fixed, 25 clusters, one of ${largest} items, the others of one`,
      'improvement 0, margin 0',
      (random) => answersOf([clustered([largest, ...Array(24).fill(1)], random)], 'fixed'),
    );
  for (const tail of [1.2, 0.8])
    row(`fixed, 25 clusters of Pareto(${tail}) sizes`, 'improvement 0, margin 0', (random) =>
      answersOf(
        [
          clustered(
            Array.from({ length: 25 }, () => paretoSize(tail, random)),
            random,
          ),
        ],
        'fixed',
      ),
    );
  for (const [items, share] of [
    [200, 0.04],
    [100, 0.06],
    [50, 0.1],
    [100, 0.04],
  ] as const)
    row(`fixed, non-inferiority, ${items} prompts`, `${share * 100} % lost, the others equal`, (random) =>
      answersOf(
        [hypothesis({ ...evidence(losses(items, share, 0.5, 0, random)), ...rangeOfWins }, -share / 2)],
        'fixed',
      ),
    );
  for (const items of [50, 100, 200])
    row(`fixed, scores, ${items} prompts`, '5 % drop by .8, the others vary by .1', (random) =>
      answersOf([hypothesis(evidence(losses(items, 0.05, 0.8, 0.1, random)), -0.04)], 'fixed'),
    );
  row('a panel that flatters the candidate, no labels', 'no improvement', (random) => flattered(random, 0));
  row('the same, 100 labels', 'no improvement', (random) => flattered(random, 100));
}

/** Every cluster has a tendency of its own, 0 on average over the clusters. */
function clustered(sizes: readonly number[], random: Random): Hypothesis {
  const clusters: string[] = [];
  const values = sizes.flatMap((size, cluster) => {
    const tendency = 0.6 * (random() - 0.5);
    for (let item = 0; item < size; item += 1) clusters.push(`${cluster}`);
    return wins(size, 0.8 * tendency, random);
  });
  return hypothesis({ ...evidence(values), ...rangeOfWins, clusters });
}

function paretoSize(tail: number, random: Random): number {
  return Math.min(500, Math.floor((1 - random()) ** (-1 / tail)));
}

/** Differences of nearly identical responses: a share of them drops. */
function losses(count: number, share: number, drop: number, noise: number, random: Random): number[] {
  return Array.from(
    { length: count },
    () => (random() < share ? -drop : 0) + noise * (random() + random() + random() - 1.5),
  );
}

function sequentialAnswer(
  task: (seen: number) => readonly string[],
  step: number,
  most: number,
): { readonly answers: readonly string[]; readonly asked: number } {
  for (let seen = step; seen <= most; seen += step) {
    const answers = task(seen);
    if (!answers.includes('inconclusive') || seen === most) return { answers, asked: seen };
  }
  return { answers: [], asked: most };
}

/** A sequential gate that may ask 1,000 prompts and looks every 50, and a fixed one that asks them all. */
function whatIsAsked(gates: number): void {
  console.log(
    `\nwhat a sequential gate asks of 1,000 prompts (look every 50, margin .03), ${gates} gates each\n`,
  );
  console.log(
    '| true improvement | asked on average | pass | fail | inconclusive | a fixed gate on all: pass | fail |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const improvement of [0.3, 0.2, 0.1, 0.05, 0, -0.05, -0.1, -0.2]) {
    const random = seededRandom(`asked ${improvement}`);
    const counts: Record<string, number> = { pass: 0, fail: 0, inconclusive: 0, fixedPass: 0, fixedFail: 0 };
    let asked = 0;
    for (let gate = 0; gate < gates; gate += 1) {
      const values = wins(1000, improvement, random);
      const answer = (seen: number, task: 'fixed' | 'look') =>
        decideCriteria(
          [hypothesis({ ...evidence(values.slice(0, seen)), ...rangeOfWins }, 0.03)],
          defaultGateSettings,
          task,
        ).map((one) => one.answer);
      const end = sequentialAnswer((seen) => answer(seen, 'look'), 50, 1000);
      asked += end.asked;
      counts[end.answers[0]!]! += 1;
      const [fixed] = answer(1000, 'fixed');
      if (fixed !== 'inconclusive') counts[fixed === 'pass' ? 'fixedPass' : 'fixedFail']! += 1;
    }
    const share = (name: string) => (counts[name]! / gates).toFixed(2);
    console.log(
      `| ${improvement} | ${(asked / gates).toFixed(0)} | ${share('pass')} | ${share('fail')} | ${share('inconclusive')} | ${share('fixedPass')} | ${share('fixedFail')} |`,
    );
  }
}
