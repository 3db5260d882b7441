import { checkArgument } from '../../domain/check-argument.ts';
import type { FactsSpec } from '../../domain/facts.ts';
import type { Candidate, Item } from '../../domain/item.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { asMessages } from '../../domain/message.ts';
import type { PointwiseVote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { ChatCapabilities } from '../../ports/chat-model.ts';
import type { Rater, RaterTask } from '../../ports/rater.ts';
import type { Passage, Retriever } from '../../ports/retriever.ts';
import { createClaimChecker } from './check-claim.ts';
import { distinctClaims } from './claim.ts';
import { expectedCalls, type FactCalls, noCalls } from './fact-calls.ts';
import { type CheckedResponse, factVotes } from './fact-votes.ts';
import { openLanguageModel, type ReadSentences } from './language-model.ts';
import { type Asked, checkWithModel, searching, UnreadReply } from './model-check.ts';
import { ownEvidence } from './own-evidence.ts';
import { firstName, splitClaims } from './split-claims.ts';

/** Increment when splitting, checking or the prompts change; recorded tasks become stale. */
export const factsVersion = 4;

/**
 * Options of `openFactRater`.
 * @example
 * const spec = { own: true, refuted: 'penalty', target: 8, passages: 4, claims: 20 } as const;
 * const options: FactRaterOptions = { spec, corpus: null, judge: null };
 */
export interface FactRaterOptions {
  readonly id?: string;
  readonly spec: FactsSpec;
  /** The corpus with its content hash; null: only the items' own evidence. */
  readonly corpus: { readonly retriever: Retriever; readonly fingerprint: string } | null;
  /** The judge that splits and verifies; null: the checker without a model. */
  readonly judge: { readonly spec: JudgeSpec; readonly capabilities: ChatCapabilities } | null;
}

/**
 * Fact checks as a rater, with one task per response of an item that has evidence. Without a judge it makes no calls;
 * with a judge two or more: one splits the response into claims, the others verify them.
 * @example
 * const spec = { own: true, refuted: 'penalty', target: 8, passages: 4, claims: 20 } as const;
 * const facts = await openFactRater({ spec, corpus: null, judge: null });
 * facts.tasks({ id: 'q', prompt: 'When?', candidates: [{ id: 'a', text: 'In 1871.' }], context: ['It was 1871.'] });
 */
export async function openFactRater(options: FactRaterOptions): Promise<Rater> {
  checkArgument('options', options, { id: 'name?', spec: 'object' });
  const { spec, corpus = null, judge = null } = options;
  const id = options.id ?? 'facts';
  // with a judge, the language model is loaded only as a fallback
  const plain = judge === null ? await openPlain() : null;
  // the responses of an item share their evidence and prompt, which are read once
  const known = new WeakMap<Item, Retriever>();
  const evidenceFor = (item: Item): Retriever => {
    const evidence =
      known.get(item) ?? joined(spec.own ? ownEvidence(item) : null, corpus?.retriever ?? null)!;
    known.set(item, evidence);
    return evidence;
  };
  const subjects = new WeakMap<Item, string | null>();
  const subjectOf = (item: Item, read: ReadSentences): string | null => {
    const subject = subjects.has(item) ? subjects.get(item)! : about(item, read);
    subjects.set(item, subject);
    return subject;
  };
  return {
    id,
    kind: 'fact',
    model: judge?.spec.model ?? null,
    family: judge?.spec.family ?? null,
    fingerprint: hashValue([
      factsVersion,
      { ...spec, corpus: undefined },
      corpus?.fingerprint ?? null,
      judge === null
        ? null
        : [judge.spec.provider, judge.spec.baseUrl ?? null, judge.spec.model, judge.spec.temperature ?? null],
    ]),
    tasks(item) {
      if (corpus === null && !(spec.own && (item.reference != null || (item.context?.length ?? 0) > 0)))
        return [];
      return item.candidates
        .filter(({ text }) => text !== null)
        .map((candidate) =>
          taskFor(candidate, judge === null ? noCalls : expectedCalls(candidate.text!, item, spec)),
        );
    },
    async perform(task, item, context) {
      const candidate = item.candidates.find((one) => one.id === task.candidates[0])!;
      const retriever = evidenceFor(item);
      const base: PointwiseVote = {
        item: item.id,
        rater: id,
        rater_kind: 'fact',
        model: judge?.spec.model ?? null,
        kind: 'pointwise',
        candidate: candidate.id,
        sample: task.sample,
        outcome: 'abstain',
        provenance: { parser: `facts-${factsVersion}` },
      };
      const find = searching(retriever, spec.passages);
      if (judge === null) {
        const { read, check } = plain!;
        const tools = { read, check, find, most: spec.claims };
        try {
          return factVotes(base, await checkResponse(candidate.text!, subjectOf(item, read), tools), spec);
        } catch (error) {
          if (error instanceof UnreadReply) return [{ ...base, criterion: 'facts', ...error.unread }];
          throw error;
        }
      }
      const plainClaims = async () => {
        const read = await openLanguageModel();
        return splitClaims(read(candidate.text!), subjectOf(item, read)).claims;
      };
      const asked = await checkWithModel(candidate.text!, {
        judge,
        context,
        plainClaims,
        find,
        most: spec.claims,
      });
      return votesOf(asked, base, spec);
    },
  };
}

async function openPlain() {
  const read = await openLanguageModel();
  return { read, check: createClaimChecker(read) };
}

function taskFor({ id, text }: Candidate, calls: FactCalls): RaterTask {
  return { id: `facts:${id}`, candidates: [id], sample: 0, ...(text!.trim() === '' ? noCalls : calls) };
}

function votesOf(
  { checked, unread, usage }: Asked<CheckedResponse>,
  base: PointwiseVote,
  spec: FactsSpec,
): readonly PointwiseVote[] {
  const { replies, ...spent } = usage;
  const paid = { ...base, ...spent, provenance: { ...base.provenance, replies } };
  if (checked === null)
    return [{ ...paid, criterion: 'facts', outcome: unread.outcome, reason: unread.reason }];
  return factVotes(paid, checked, spec);
}

interface CheckerTools {
  readonly read: ReadSentences;
  readonly check: ReturnType<typeof createClaimChecker>;
  readonly find: (claim: string) => Promise<readonly Passage[]>;
  /** Maximum number of checked claims. */
  readonly most: number;
}

/** Splits and checks a response without a model. @param subject referent of pronouns before the first name */
export async function checkResponse(
  text: string,
  subject: string | null,
  tools: CheckerTools,
): Promise<CheckedResponse> {
  const sentences = tools.read(text);
  const { claims: split, abstains } = splitClaims(sentences, subject);
  const claims = distinctClaims(split);
  // most claims are whole sentences, and tagging dominates the cost
  const known = new Map(sentences.map((sentence) => [sentence.text, sentence]));
  const checked = [];
  for (const claim of claims.slice(0, tools.most)) {
    const passages = await tools.find(claim.text);
    checked.push({ claim, ...tools.check(claim.text, passages, known.get(claim.text)) });
  }
  return { claims: checked, abstains, dropped: Math.max(0, claims.length - tools.most) };
}

/** The name that the prompt asks about; null if there is none. */
function about(item: Item, read: ReadSentences): string | null {
  const last = asMessages(item.prompt ?? '').findLast(({ role }) => role === 'user');
  return firstName(read((last?.content ?? '').slice(0, 2000)));
}

function joined(own: Retriever | null, corpus: Retriever | null): Retriever | null {
  if (own === null || corpus === null) return own ?? corpus;
  return {
    async search(query, limit) {
      const [near, far] = await Promise.all([own.search(query, limit), corpus.search(query, limit)]);
      return [...near, ...far];
    },
  };
}
