import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError, InputError } from '../../domain/errors.ts';
import type { FactsSpec } from '../../domain/facts.ts';
import type { Item } from '../../domain/item.ts';
import { ruleSeverities } from '../../domain/rule.ts';
import type { Vote } from '../../domain/vote.ts';
import { readItems } from '../../files/items.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import type { Rater } from '../../ports/rater.ts';
import { openFactRater } from '../../raters/facts/fact-rater.ts';
import { type KnowledgeGap, KnowledgeGaps } from '../../raters/facts/knowledge-gaps.ts';
import { openCorpus } from '../../store/corpus/corpus.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';

export interface CheckFlags {
  readonly corpus?: string;
  readonly itemEvidence: boolean;
  readonly refuted: string;
  readonly maxClaims: string;
  readonly out?: string;
  readonly json?: boolean;
}

const mostShown = 20;
const shownVerdicts = ['supported', 'refuted', 'unverifiable'] as const;

/** `quorate facts check`: what the responses claim, and what the evidence says of it. */
export async function checkItems(io: CommandIo, file: string, flags: CheckFlags): Promise<ExitCode> {
  const spec = specOf(flags);
  const path = resolve(io.cwd, file);
  const corpus =
    flags.corpus === undefined ? null : openCorpus(resolve(io.cwd, flags.corpus), { signal: io.signal });
  try {
    const known =
      corpus === null ? null : { retriever: corpus.retriever(), fingerprint: corpus.fingerprint() };
    const rater = await openFactRater({ spec, corpus: known, judge: null });
    const tally = new Tally();
    const gaps = new KnowledgeGaps();
    async function* checked(): AsyncGenerator<Vote> {
      for await (const item of itemsOf(path)) {
        for (const vote of tally.add(item, await votesOn(item, rater, io.signal))) {
          gaps.add(vote);
          yield vote;
        }
      }
    }
    if (flags.out !== undefined) await writeJsonLines(resolve(io.cwd, flags.out), checked());
    else for await (const _ of checked());
    const report = { ...tally.report(), gaps: gaps.list() };
    if (flags.json === true) line(io, JSON.stringify(report, null, 2));
    else for (const text of reportLines(report)) line(io, text);
    if (tally.unchecked > 0)
      note(
        io,
        `${tally.unchecked} items without evidence: give them a reference or context, or name a --corpus`,
      );
    note(io, 'No LLM took part: the checker says unverifiable whenever it is in doubt.');
    return exitCodes.ok;
  } finally {
    corpus?.close();
  }
}

function specOf(flags: CheckFlags): FactsSpec {
  const refuted = ruleSeverities.find((severity) => severity === flags.refuted);
  if (refuted === undefined) {
    throw new ConfigError(
      `--refuted must be one of ${ruleSeverities.join(', ')}, received "${flags.refuted}"`,
    );
  }
  const target = Number(flags.maxClaims);
  if (!Number.isInteger(target) || target < 1) {
    throw new ConfigError(`--max-claims must be a whole number above 0, received "${flags.maxClaims}"`);
  }
  if (!flags.itemEvidence && flags.corpus === undefined) {
    throw new ConfigError('--no-item-evidence leaves nothing to check against', [], {
      hint: 'name a --corpus',
    });
  }
  return { own: flags.itemEvidence, refuted, target, passages: 5, claims: 200 };
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
  const nobody = () => Promise.reject(new Error('the checker asks nobody'));
  const votes: Vote[] = [];
  for (const task of rater.tasks(item)) {
    signal.throwIfAborted();
    votes.push(...(await rater.perform(task, item, { ask: nobody, askOther: nobody, signal })));
  }
  return votes;
}

/** Adds up what was found, and keeps the first refuted claims. */
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
    const counts = vote.provenance?.counts as Readonly<Record<(typeof shownVerdicts)[number], number>>;
    for (const verdict of shownVerdicts) this.#claims[verdict] += counts[verdict];
    if (vote.outcome !== 'abstain') return;
    if (vote.reason === 'no claims') this.#counts.no_claims += 1;
    else if (vote.reason?.startsWith('says') === true) this.#counts.says_it_does_not_know += 1;
    else this.#counts.undecided += 1;
  }

  report() {
    return { ...this.#counts, claims: this.#claims, refuted: this.#refuted };
  }
}

function reportLines(
  report: ReturnType<Tally['report']> & { readonly gaps: readonly KnowledgeGap[] },
): string[] {
  const { claims, refuted, gaps } = report;
  return [
    `${report.items} items, ${report.responses} responses: ${report.no_claims} without claims, ${report.says_it_does_not_know} that say they do not know, ${report.undecided} undecided`,
    `claims: ${claims.supported} supported, ${claims.refuted} refuted, ${claims.unverifiable} unverifiable`,
    ...refuted
      .slice(0, mostShown)
      .map(({ item, candidate, reason }) => `refuted  ${item}/${candidate}  ${reason}`),
    ...(refuted.length > mostShown ? [`… and ${refuted.length - mostShown} more (--json shows all)`] : []),
    ...(gaps.length > 0 ? ['', 'Claimed again and again, and no source says either way:'] : []),
    ...gaps.slice(0, mostShown).map(({ claim, count }) => `${count} x  ${claim}`),
  ];
}
