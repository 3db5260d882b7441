import type { Constitution, Principle } from '../../domain/constitution.ts';
import type { Item } from '../../domain/item.ts';
import type { ConstitutionSpec, JudgeSpec } from '../../domain/job.ts';
import type { PairwiseVote, RaterKind, Vote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { ChatCapabilities } from '../../ports/chat-model.ts';
import type { Rater, RaterTask, TaskContext } from '../../ports/rater.ts';
import { allSettled } from '../llm/ask-question.ts';
import { createJudge } from '../llm/create-judge.ts';
import type { Judge } from '../llm/judge.ts';
import { comparablePairs, idPart } from '../llm/judge-mode.ts';
import { drawPrinciples, principlesFor } from './draw-principles.ts';
import { mergeSamples } from './merge-samples.ts';
import { preferenceRubric } from './principle-rubric.ts';

const usualReasonWords = 80;

/** Options of a ConstitutionRater. */
export interface ConstitutionRaterOptions {
  readonly constitution: Constitution;
  /** The judge that answers. Its own rubric is ignored. */
  readonly judge: JudgeSpec;
  readonly capabilities: ChatCapabilities;
  readonly settings: Pick<
    ConstitutionSpec,
    'principlesPerPair' | 'samples' | 'labels' | 'temperature' | 'clamp'
  >;
  readonly seed: number;
  /** Words of reasoning before a verdict without log-probabilities; null asks for the verdict alone. */
  readonly reasonWords?: number | null;
}

/** A principle drawn for a pair, with the tasks of its judge. */
interface DrawnTask {
  readonly task: RaterTask;
  readonly principle: string;
  readonly judge: Judge;
  readonly asked: readonly RaterTask[];
}

/**
 * AI preference labels, the second phase of Constitutional AI (Bai et al. 2022). For each pair some principles are
 * drawn, and the preference question of each is asked in both orders. The probability of a vote comes from the model's
 * log-probabilities, otherwise from repeated samples; the settings temper it.
 */
export class ConstitutionRater implements Rater {
  readonly id: string;
  readonly kind: RaterKind = 'constitution';
  readonly model: string;
  readonly family: string | null;
  readonly fingerprint: string;
  readonly #options: ConstitutionRaterOptions;
  readonly #judges: ReadonlyMap<string, Judge>;
  readonly #plans = new WeakMap<Item, ReadonlyMap<string, DrawnTask>>();

  constructor(options: ConstitutionRaterOptions) {
    const { constitution, judge, capabilities, settings, seed, reasonWords = usualReasonWords } = options;
    this.#options = options;
    this.id = `${constitution.id}@${judge.id}`;
    this.model = judge.model;
    this.family = judge.family;
    const constitutionHash = hashValue(constitution);
    const offersLogprobs = capabilities.logprobs;
    const samples = offersLogprobs ? 1 : settings.samples;
    const { temperature, ...withoutTemperature } = judge;
    // At temperature 0 all samples are equal and would suggest a certainty that does not exist.
    const asked = samples > 1 && temperature === 0 ? withoutTemperature : judge;
    const judgeOf = (principle: Principle) =>
      createJudge(
        {
          ...asked,
          id: this.id,
          rubric: preferenceRubric(principle, offersLogprobs ? null : reasonWords, !offersLogprobs),
          rubricHash: constitutionHash,
          orders: 'both',
          samples,
        },
        capabilities,
        { seed, principle: principle.id },
      );
    this.#judges = new Map(constitution.principles.map((principle) => [principle.id, judgeOf(principle)]));
    this.fingerprint = hashValue([
      [...this.#judges].map(([id, { fingerprint }]) => [id, fingerprint]),
      settings.labels,
      settings.temperature,
      settings.clamp,
      settings.samples,
    ]);
  }

  tasks(item: Item): readonly RaterTask[] {
    return [...this.#plan(item).values()].map(({ task }) => task);
  }

  async perform(task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]> {
    const planned = this.#plan(item).get(task.id);
    if (planned === undefined) throw new Error(`"${this.id}" has no task "${task.id}" for item "${item.id}"`);
    const { principle, judge, asked } = planned;
    const samples = (await allSettled(asked.map((each) => judge.perform(each, item, context)))).flat();
    return (['forward', 'reversed'] as const).map((order) => {
      const ofOrder = samples.filter(({ provenance }) => provenance?.order === order) as PairwiseVote[];
      const merged = mergeSamples(ofOrder, this.#options.settings);
      return {
        ...merged,
        rater_kind: 'constitution',
        criterion: principle,
        provenance: { ...merged.provenance, basis: principle },
      };
    });
  }

  #plan(item: Item): ReadonlyMap<string, DrawnTask> {
    let plan = this.#plans.get(item);
    if (plan === undefined) {
      plan = new Map(this.#drawn(item).map((planned) => [planned.task.id, planned]));
      this.#plans.set(item, plan);
    }
    return plan;
  }

  #drawn(item: Item): DrawnTask[] {
    const { constitution, settings, seed } = this.#options;
    const principles = principlesFor(constitution, item.category);
    return [...comparablePairs(item)].flatMap(([x, y]) => {
      // A judge prices every pair of its item, but few pairs are drawn for its principle: give it one pair.
      const pair: Item = { ...item, candidates: [x, y] };
      const drawing = JSON.stringify([seed, item.id, x.id, y.id]);
      return drawPrinciples(principles, settings.principlesPerPair, drawing).flatMap(({ id: principle }) => {
        const judge = this.#judges.get(principle)!;
        const asked = judge.tasks(pair);
        if (asked.length === 0) return [];
        const task: RaterTask = {
          id: `principle:${idPart(x.id)}|${idPart(y.id)}:${idPart(principle)}`,
          candidates: [x.id, y.id],
          sample: 0,
          calls: sum(asked.map(({ calls }) => calls)),
          inputTokens: sum(asked.map(({ inputTokens }) => inputTokens)),
          outputTokens: sum(asked.map(({ outputTokens }) => outputTokens)),
          maxOutputTokens: sum(asked.map((one) => one.maxOutputTokens ?? one.outputTokens)),
        };
        return { task, principle, judge, asked };
      });
    });
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
