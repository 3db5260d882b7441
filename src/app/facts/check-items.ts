import { readFile } from 'node:fs/promises';
import { InputError } from '../../domain/errors.ts';
import type { FactsSpec } from '../../domain/facts.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { readItems } from '../../files/items.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import type { Rater } from '../../ports/rater.ts';
import { openFactRater } from '../../raters/facts/fact-rater.ts';
import { type KnowledgeGap, KnowledgeGaps } from '../../raters/facts/knowledge-gaps.ts';
import { openCorpus } from '../../store/corpus/corpus.ts';
import type { AppContext } from '../context.ts';

const verdicts = ['supported', 'refuted', 'unverifiable'] as const;

export interface CheckRequest {
  /** Items (JSONL), or one response as a text file. */
  readonly file: string;
  /** Corpus database; without one, only the items' own reference and context count. */
  readonly corpus?: string | undefined;
  readonly spec: FactsSpec;
  /** Where the votes are written as JSONL. */
  readonly out?: string | undefined;
}

/** Counts and refuted claims of a fact check. */
export interface CheckReport {
  readonly items: number;
  readonly responses: number;
  readonly no_claims: number;
  readonly says_it_does_not_know: number;
  readonly undecided: number;
  readonly claims: Readonly<Record<(typeof verdicts)[number], number>>;
  readonly refuted: readonly { readonly item: string; readonly candidate: string; readonly reason: string }[];
  /** Recurring claims that no evidence decides. */
  readonly gaps: readonly KnowledgeGap[];
}

export interface CheckedItems {
  readonly report: CheckReport;
  /** Items without any evidence. */
  readonly unchecked: number;
}

/** Checks the claims of responses against evidence, without a model. @throws InputError, StoreError */
export async function checkItems(
  { file, corpus: corpusFile, spec, out }: CheckRequest,
  { signal }: AppContext,
): Promise<CheckedItems> {
  const corpus = corpusFile === undefined ? null : openCorpus(corpusFile, { signal });
  try {
    const known =
      corpus === null ? null : { retriever: corpus.retriever(), fingerprint: corpus.fingerprint() };
    const rater = await openFactRater({ spec, corpus: known, judge: null });
    const tally = new Tally();
    const gaps = new KnowledgeGaps();
    async function* checked(): AsyncGenerator<Vote> {
      for await (const item of itemsOf(file)) {
        for (const vote of tally.add(item, await votesOn(item, rater, signal))) {
          gaps.add(vote);
          yield vote;
        }
      }
    }
    if (out !== undefined) await writeJsonLines(out, checked());
    else for await (const _ of checked());
    return { report: { ...tally.report(), gaps: gaps.list() }, unchecked: tally.unchecked };
  } finally {
    corpus?.close();
  }
}

/** Items of a JSONL file; any other file is one response. */
async function* itemsOf(path: string): AsyncGenerator<Item> {
  if (/\.(?:jsonl|ndjson)(?:\.gz)?$/.test(path) || path === '-') {
    yield* readItems(path);
    return;
  }
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InputError(path, null, 'cannot be read', { cause });
  });
  yield { id: path, prompt: null, candidates: [{ id: 'response', text }] };
}

async function votesOn(item: Item, rater: Rater, signal: AbortSignal): Promise<readonly Vote[]> {
  const ask = () => Promise.reject(new Error('the checker makes no calls'));
  const votes: Vote[] = [];
  for (const task of rater.tasks(item)) {
    signal.throwIfAborted();
    votes.push(...(await rater.perform(task, item, { ask, askOther: ask, signal })));
  }
  return votes;
}

/** Counts the verdicts and keeps the refuted claims. */
class Tally {
  unchecked = 0;
  readonly #counts = { items: 0, responses: 0, no_claims: 0, says_it_does_not_know: 0, undecided: 0 };
  readonly #claims = { supported: 0, refuted: 0, unverifiable: 0 };
  readonly #refuted: { item: string; candidate: string; reason: string }[] = [];

  add(item: Item, votes: readonly Vote[]): readonly Vote[] {
    this.#counts.items += 1;
    if (votes.length === 0) this.unchecked += 1;
    for (const vote of votes) {
      if (vote.kind !== 'pointwise') continue;
      if (vote.criterion === 'facts') this.#addResponse(vote);
      else if (vote.score !== 1)
        this.#refuted.push({ item: item.id, candidate: vote.candidate, reason: vote.reason ?? '' });
    }
    return votes;
  }

  #addResponse(vote: Vote): void {
    this.#counts.responses += 1;
    const counts = vote.provenance?.counts as Readonly<Record<(typeof verdicts)[number], number>>;
    for (const verdict of verdicts) this.#claims[verdict] += counts[verdict];
    if (vote.outcome !== 'abstain') return;
    if (vote.reason === 'no claims') this.#counts.no_claims += 1;
    else if (vote.reason?.startsWith('says') === true) this.#counts.says_it_does_not_know += 1;
    else this.#counts.undecided += 1;
  }

  report() {
    return { ...this.#counts, claims: this.#claims, refuted: this.#refuted };
  }
}
