import type { Constitution, Principle } from '../../domain/constitution.ts';
import type { Item } from '../../domain/item.ts';
import type { ConstitutionSpec, JudgeSpec } from '../../domain/job.ts';
import type { PairwiseVote, RaterKind, Vote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { ChatCapabilities } from '../../ports/chat-model.ts';
import type { Look, LookContext, Rater } from '../../ports/rater.ts';
import { allSettled } from '../ask-question.ts';
import { createJudge } from '../create-judge.ts';
import type { Judge } from '../judge.ts';
import { idPart, pairsOf, readable } from '../judge-mode.ts';
import { drawPrinciples, principlesFor } from './draw-principles.ts';
import { mergeSamples } from './merge-samples.ts';
import { preferenceRubric } from './principle-rubric.ts';

const usualReasonWords = 80;

export interface ConstitutionRaterOptions {
  readonly constitution: Constitution;
  /** The judge that answers. Its own rubric plays no part. */
  readonly judge: JudgeSpec;
  readonly capabilities: ChatCapabilities;
  readonly settings: Pick<
    ConstitutionSpec,
    'principlesPerPair' | 'samples' | 'labels' | 'temperature' | 'clamp'
  >;
  readonly seed: number;
  /** Words of reasons before a verdict where no log-probabilities are offered; null asks for the verdict alone. */
  readonly reasonWords?: number | null;
}

/**
 * AI preference labels (the second phase of Constitutional AI): for each pair some principles are drawn, and the
 * preference question of each is asked in both orders. A vote's probability is the model's own, made humbler as the
 * settings say: from log-probabilities where they are offered, otherwise from repeated samples.
 */
export class ConstitutionRater implements Rater {
  readonly id: string;
  readonly kind: RaterKind = 'constitution';
  readonly model: string;
  readonly family: string | null;
  readonly fingerprint: string;
  readonly #options: ConstitutionRaterOptions;
  readonly #judges: ReadonlyMap<string, Judge>;

  constructor(options: ConstitutionRaterOptions) {
    const { constitution, judge, capabilities, settings, seed, reasonWords = usualReasonWords } = options;
    this.#options = options;
    this.id = `${constitution.id}@${judge.id}`;
    this.model = judge.model;
    this.family = judge.family;
    const constitutionHash = hashValue(constitution);
    const offersLogprobs = capabilities.logprobs;
    const judgeOf = (principle: Principle) =>
      createJudge(
        {
          ...judge,
          id: this.id,
          rubric: preferenceRubric(principle, offersLogprobs ? null : reasonWords),
          rubricHash: constitutionHash,
          orders: 'both',
          samples: offersLogprobs ? 1 : settings.samples,
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

  looks(item: Item): readonly Look[] {
    const { constitution, settings, seed } = this.#options;
    const principles = principlesFor(constitution, item.category);
    return [...pairsOf(readable(item))].flatMap(([x, y]) =>
      drawPrinciples(
        principles,
        settings.principlesPerPair,
        JSON.stringify([seed, item.id, x.id, y.id]),
      ).flatMap(({ id }) => {
        const asked = this.#looksOf(id, item, [x.id, y.id]);
        if (asked.length === 0) return [];
        return {
          id: `principle:${idPart(x.id)}|${idPart(y.id)}:${idPart(id)}`,
          candidates: [x.id, y.id],
          sample: 0,
          calls: sum(asked.map(({ calls }) => calls)),
          inputTokens: sum(asked.map(({ inputTokens }) => inputTokens)),
          outputTokens: sum(asked.map(({ outputTokens }) => outputTokens)),
        };
      }),
    );
  }

  async take(look: Look, item: Item, context: LookContext): Promise<readonly Vote[]> {
    const principle = decodeURIComponent(look.id.slice(look.id.lastIndexOf(':') + 1));
    const judge = this.#judges.get(principle);
    if (judge === undefined) throw new Error(`constitution "${this.id}" has no principle "${principle}"`);
    const asked = this.#looksOf(principle, item, look.candidates);
    const samples = (await allSettled(asked.map((each) => judge.take(each, item, context)))).flat();
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

  #looksOf(principle: string, item: Item, candidates: readonly string[]): readonly Look[] {
    const looks = this.#judges.get(principle)?.looks(item) ?? [];
    return looks.filter((look) => look.candidates.every((id, index) => id === candidates[index]));
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
