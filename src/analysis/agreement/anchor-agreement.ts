import { gwetAgreement } from '../../stats/agreement/gwet-ac.ts';
import { percentAgreement } from '../../stats/agreement/percent-agreement.ts';
import { countUnits } from '../../stats/agreement/unit-counts.ts';
import { type Estimate, known } from '../../stats/estimate.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import {
  type AnswerBook,
  type PairAnswer,
  type PairQuestion,
  type ScoreAnswer,
  type ScoreQuestion,
  verdictOf,
} from './answer-book.ts';
import { type IntervalEstimate, Resampling } from './resampling.ts';

/** The majority opinion of one side on a question: 1 (x of a pair, or good), 0 (neither) or -1. */
export interface SideOpinion {
  readonly verdict: -1 | 0 | 1;
  readonly raters: number;
  /** Raters with that verdict. */
  readonly agreeing: number;
}

/** A question that human and machine raters both answered. */
export interface Anchor {
  readonly item: string;
  /** Two candidates, or one with a score of its own. */
  readonly about: readonly string[];
  readonly category: string | null;
  readonly human: SideOpinion;
  readonly machine: SideOpinion;
}

/** Agreement of the human with the machine majority; each number with a 95 % interval clustered by item. */
export interface AnchorAgreement {
  /** Null: all of them. */
  readonly category: string | null;
  readonly on: 'pairs' | 'candidates';
  readonly percent_agreement: IntervalEstimate;
  /** Chance-corrected; unlike kappa, AC1 does not fall to 0 where nearly all answers are equal, as with thumbs. */
  readonly gwet_ac1: IntervalEstimate;
}

export interface AnchorReport {
  readonly anchors: readonly Anchor[];
  readonly agreement: readonly AnchorAgreement[];
  /** Anchors on which one side says 1 and the other -1. */
  readonly disagreements: readonly Anchor[];
  /** Candidates left out because a machine rater states no scale, so that "good" is undefined. */
  readonly without_scale: number;
}

export interface AnchorOptions {
  readonly seed: number;
  readonly replicates: number;
  /** Draw this many anchors at random; null takes all. */
  readonly sample: number | null;
}

/**
 * Compares the human with the machine majority on every question that both answered: labels of the book are the human
 * side, answers the machine side. Agreement is nominal over {-1, 0, 1}: percent agreement and Gwet's AC1 (2008).
 */
export function scoreAnchors(book: AnswerBook, { seed, replicates, sample }: AnchorOptions): AnchorReport {
  const candidates = candidateAnchors(book);
  const found = [...book.pairs.flatMap(pairAnchor), ...candidates.anchors];
  const drawn = new Set(
    shuffled([...found.keys()], seededRandom(`anchors ${seed}`)).slice(0, sample ?? found.length),
  );
  const anchors = found.filter((_, index) => drawn.has(index));
  const resampling = new Resampling(
    anchors.map(({ item }) => item),
    replicates,
    seededRandom(`anchor agreement ${seed}`),
  );
  const agreement: AnchorAgreement[] = [];
  for (const on of ['pairs', 'candidates'] as const) {
    const those = anchors.filter(({ about }) => (about.length === 2) === (on === 'pairs'));
    if (those.length === 0) continue;
    agreement.push({ category: null, on, ...measure(those, resampling) });
    const categories = [...new Set(those.map(({ category }) => category))].filter((name) => name !== null);
    for (const category of categories.sort()) {
      const inside = those.filter((anchor) => anchor.category === category);
      agreement.push({ category, on, ...measure(inside, resampling) });
    }
  }
  return {
    anchors,
    agreement,
    disagreements: anchors.filter(({ human, machine }) => human.verdict * machine.verdict === -1),
    without_scale: candidates.withoutScale,
  };
}

function measure(anchors: readonly Anchor[], resampling: Resampling) {
  const groups = anchors.map(({ item }) => resampling.groupOf(item));
  const counts = countUnits(
    anchors.map(({ human, machine }) => [human.verdict, machine.verdict]),
    [-1, 0, 1],
  );
  const measured = (statistic: (weights: ArrayLike<number>) => Estimate): IntervalEstimate =>
    resampling.measure(anchors.length, (weights) => statistic(groups.map((group) => weights[group]!)));
  return {
    percent_agreement: measured((weights) => percentAgreement(counts, weights)),
    gwet_ac1: measured((weights) => {
      const gwet = gwetAgreement(counts, 'identity', weights);
      return gwet.defined ? known(gwet.value.coefficient) : gwet;
    }),
  };
}

function pairAnchor(question: PairQuestion): Anchor[] {
  const human = sideOf([...question.labels.values()].map((answer) => verdictOf(answer as PairAnswer)));
  const machine = sideOf([...question.answers.values()].map(verdictOf));
  if (human === null || machine === null) return [];
  const { item, category, x, y } = question;
  return [{ item, category, about: [x, y], human, machine }];
}

/** Criteria of one rater on one candidate are averaged; above the middle of the scale is good. */
function candidateAnchors(book: AnswerBook): { anchors: Anchor[]; withoutScale: number } {
  const byCandidate = new Map<string, ScoreQuestion[]>();
  for (const question of book.scores) {
    const key = JSON.stringify([question.item, question.candidate]);
    const questions = byCandidate.get(key);
    if (questions === undefined) byCandidate.set(key, [question]);
    else questions.push(question);
  }
  const anchors: Anchor[] = [];
  let withoutScale = 0;
  for (const questions of byCandidate.values()) {
    const verdicts = (side: 'labels' | 'answers') => {
      const places = new Map<number, number[]>();
      for (const question of questions) {
        for (const [rater, answer] of question[side] as ReadonlyMap<number, ScoreAnswer>) {
          if (answer.count === 0) continue;
          const place = placeOf(answer, book.raters[rater]!.scale!);
          places.set(rater, [...(places.get(rater) ?? []), place]);
        }
      }
      return sideOf([...places.values()].map((all) => Math.sign(all.reduce((sum, one) => sum + one, 0))));
    };
    const { item, category, candidate } = questions[0]!;
    if (!questions.some(({ labels }) => labels.size > 0)) continue;
    if (!questions.some(({ answers }) => answers.size > 0)) continue;
    const scaled = questions.every(({ answers, labels }) =>
      [...answers.keys(), ...labels.keys()].every((rater) => book.raters[rater]!.scale !== null),
    );
    if (!scaled) {
      withoutScale += 1;
      continue;
    }
    const [human, machine] = [verdicts('labels'), verdicts('answers')];
    if (human !== null && machine !== null)
      anchors.push({ item, category, about: [candidate], human, machine });
  }
  return { anchors, withoutScale };
}

/** Mean score minus the middle of the scale. */
function placeOf({ sum, count }: ScoreAnswer, scale: string): number {
  const [low, high] = scale.split('..').map(Number);
  return sum / count - (low! + high!) / 2;
}

/** The majority of the raters with an opinion, each counted once; null where no rater has one. */
function sideOf(verdicts: readonly (number | null)[]): SideOpinion | null {
  const opinions = verdicts.filter((verdict) => verdict !== null);
  if (opinions.length === 0) return null;
  const verdict = Math.sign(opinions.reduce((sum, one) => sum + one, 0)) as -1 | 0 | 1;
  return { verdict, raters: opinions.length, agreeing: opinions.filter((one) => one === verdict).length };
}
