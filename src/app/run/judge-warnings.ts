import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { PanelMember } from '../../engine/calls/model-endpoint.ts';
import { AnswerTally } from './answer-tally.ts';
import { CutPrompts } from './cut-prompts.ts';
import { ItemTokens } from './estimated-tokens.ts';
import { unreadAdvice } from './unread-advice.ts';

export const judgeWarningKinds = [
  'no_verdict',
  'truncated_replies',
  'cut_prompts',
  'several_models',
  'other_model',
  'one_position',
] as const;
export type JudgeWarningKind = (typeof judgeWarningKinds)[number];

/** What the votes of a judge show that no single vote does. */
export interface JudgeWarning {
  readonly rater: string;
  readonly warning: JudgeWarningKind;
  /** Votes that show it, of the votes looked at. */
  readonly votes: number;
  readonly of: number;
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
  /** An item to look at. */
  readonly item?: string;
}

/** Fewer than this share of replies cut at the token limit may be long-winded exceptions. */
const truncatedShare = 0.2;
/**
 * Random answers put at least this share of 6 verdicts in one position in 1 of 32 runs, and more rarely with more
 * verdicts. A judge that reads the responses and is asked in both orders names each position in half of them.
 */
const positionShare = 0.9;
const positionVerdicts = 6;

interface Seen {
  readonly answered: AnswerTally;
  readonly prompts: CutPrompts;
  readonly reasons: Map<string, { votes: number; readonly item: string }>;
  votes: number;
  opinions: number;
  placed: number;
  first: number;
}

/** Collects the warnings about the judges of a run from its items and votes, each item before its votes. */
export class JudgeWarnings {
  readonly #judges: ReadonlyMap<string, Seen>;
  readonly #tokens = new ItemTokens();

  constructor(panel: readonly PanelMember[]) {
    const judges = panel.filter(
      ({ rater, endpoint }) => rater.kind === 'llm' && endpoint?.model.capabilities.languageModel !== false,
    );
    this.#judges = new Map(
      judges.map(({ rater, endpoint }) => [rater.id, newSeen(rater.model ?? endpoint?.model.model ?? null)]),
    );
  }

  addItem(item: Item): void {
    this.#tokens.add(item);
  }

  add(vote: Vote): void {
    const seen = this.#judges.get(vote.rater);
    if (seen === undefined) return;
    seen.votes += 1;
    seen.answered.add(vote.provenance?.model_answered);
    const estimate = this.#tokens.of(vote);
    if (estimate !== null && typeof vote.input_tokens === 'number') {
      seen.prompts.add(vote.input_tokens, estimate, vote.item);
    }
    if (vote.outcome === 'abstain' || vote.outcome === 'error') {
      const reason = vote.reason ?? vote.outcome;
      const known = seen.reasons.get(reason);
      if (known === undefined) seen.reasons.set(reason, { votes: 1, item: vote.item });
      else known.votes += 1;
      return;
    }
    seen.opinions += 1;
    if (vote.kind !== 'pairwise' || vote.orders !== undefined || vote.preferred === undefined) return;
    seen.placed += 1;
    if (vote.preferred === vote.shown[0]) seen.first += 1;
  }

  list(): JudgeWarning[] {
    return [...this.#judges].flatMap(([rater, seen]) =>
      [unread(seen), cut(seen), ...models(seen), position(seen)].flatMap((found) =>
        found === null ? [] : [{ rater, ...found }],
      ),
    );
  }
}

type Found = Omit<JudgeWarning, 'rater'>;

function newSeen(model: string | null): Seen {
  return {
    answered: new AnswerTally(model),
    prompts: new CutPrompts(),
    reasons: new Map(),
    votes: 0,
    opinions: 0,
    placed: 0,
    first: 0,
  };
}

function unread({ votes, opinions, reasons }: Seen): Found | null {
  if (votes === 0) return null;
  const [most] = [...reasons].sort(([, a], [, b]) => b.votes - a.votes);
  if (opinions === 0 && most !== undefined) {
    const [reason, { item }] = most;
    const message = `gave no verdict in ${votes} votes (mostly ${reason})`;
    return { warning: 'no_verdict', votes, of: votes, message, advice: unreadAdvice(reason), item };
  }
  const truncated = reasons.get('truncated');
  if (truncated === undefined || truncated.votes < truncatedShare * votes) return null;
  return {
    warning: 'truncated_replies',
    votes: truncated.votes,
    of: votes,
    message: `${truncated.votes} of ${votes} replies were cut off at the token limit`,
    advice: unreadAdvice('truncated'),
    item: truncated.item,
  };
}

function cut({ prompts }: Seen): Found | null {
  const found = prompts.found();
  if (found === null) return null;
  const { votes, of, counted, sent, item } = found;
  return {
    warning: 'cut_prompts',
    votes,
    of,
    message: `the server counted ${counted} prompt tokens where about ${sent} were sent (${votes} of ${of} calls): it cuts the prompt, and the judge has not seen all of it`,
    advice:
      'raise the context of the server (Ollama: OLLAMA_CONTEXT_LENGTH or num_ctx; llama.cpp: -c; vLLM: --max-model-len), then judge again with another `store`',
    item,
  };
}

function models({ answered }: Seen): Found[] {
  const found = answered.found();
  if (found === null) return [];
  const { kind, votes, of, message } = found;
  const advice =
    kind === 'several_models'
      ? 'name one fixed model version under `model`, or turn off the fallback of the gateway: votes of several models are not votes of one judge'
      : 'check `model` and the routing of the gateway: reports and recusals use the model that was asked';
  return [{ warning: kind, votes, of, message, advice }];
}

function position({ placed, first }: Seen): Found | null {
  const most = Math.max(first, placed - first);
  if (placed < positionVerdicts || most < positionShare * placed) return null;
  const where = first === most ? 'first' : 'second';
  return {
    warning: 'one_position',
    votes: most,
    of: placed,
    message: `preferred the ${where} response in ${most} of ${placed} verdicts, whatever stood there`,
    advice: 'its votes carry no information: use a larger model, or a rubric with `reasoning`',
  };
}
