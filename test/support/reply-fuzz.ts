import { ProviderError } from '../../src/domain/provider-error.ts';
import type { Vote } from '../../src/domain/vote.ts';
import type { ChatReply } from '../../src/ports/chat-model.ts';
import { parseBody } from '../../src/providers/reply/parse-body.ts';
import { readReply } from '../../src/providers/reply/read-reply.ts';
import { whyUnread } from '../../src/raters/llm/ask-question.ts';
import { createJudge } from '../../src/raters/llm/create-judge.ts';
import type { Judge } from '../../src/raters/llm/judge.ts';
import { type Random, seededRandom } from '../../src/stats/random.ts';
import { readStoredReply } from '../../src/store/sqlite/stored-reply.ts';
import { rubricOf, specOf, sum } from './judge-parts.ts';

/** What became of mutated replies. */
export interface FuzzCounts {
  readonly replies: number;
  /** By provider, then by outcome and reason. */
  readonly outcomes: Record<string, Record<string, number>>;
  /** Verdicts that the clean reply would not have given, and what was thrown but ProviderError. */
  readonly failures: string[];
}

const asked = { provider: 'p', model: 'm', baseUrl: 'http://x', keyEnv: null, secret: undefined };
const thought = 'At first I would have said [[B]], or {"verdict":"B"}, but the other one is right.';
const token = (name: string, logprob: number) => ({ token: name, logprob, bytes: null });

type Body = (text: string, side: string) => object;

/** A good reply of each server, with thinking that names the other side. */
const bodies: Readonly<Record<string, readonly Body[]>> = {
  openai: [
    (text, side) => ({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'gpt',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text, refusal: null, annotations: [] },
          logprobs: {
            content: [{ ...token(side, -0.1), top_logprobs: [token(side, -0.1), token('C', -3)] }],
          },
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 40, completion_tokens: 9, total_tokens: 49 },
    }),
  ],
  anthropic: [
    (text) => ({
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [
        { type: 'thinking', thinking: thought, signature: 's' },
        { type: 'text', text },
      ],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 40, cache_read_input_tokens: 3, output_tokens: 9 },
    }),
  ],
  'openai-compatible': [
    (text) => ({
      model: 'vllm',
      choices: [
        { message: { content: text, reasoning_content: thought, tool_calls: [] }, finish_reason: 'stop' },
      ],
      usage: { prompt_tokens: 40, completion_tokens: 9 },
    }),
    (text) => ({
      model: 'mistral',
      choices: [
        {
          message: {
            content: [
              { type: 'thinking', thinking: [{ type: 'text', text: thought }] },
              { type: 'text', text },
            ],
          },
          finish_reason: 'stop',
        },
      ],
    }),
  ],
  'ollama and gemini': [
    (text) => ({
      model: 'llama',
      message: { role: 'assistant', content: text, thinking: thought },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 40,
      eval_count: 9,
    }),
    (text) => ({
      candidates: [
        {
          content: { parts: [{ thought: true, text: thought }, { text }], role: 'model' },
          finishReason: 'STOP',
        },
      ],
      usageMetadata: { promptTokenCount: 40, candidatesTokenCount: 9 },
      modelVersion: 'gemini',
    }),
  ],
};

/** Values that servers have sent in the wrong place, and worse. None states a verdict. */
const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1e300, '', ' ', 'x', 'length', 'error', 'null', '-inf', [], {}, [[]], [null]],
  ...[
    { text: null },
    { code: 502, message: 'gone' },
    [{ type: 'text' }],
    [{}, 7],
    { filtered: true },
    '\ud800',
  ],
];
const oddNames = [
  'error',
  'refusal',
  'delta',
  'usage',
  'index',
  'type',
  'message',
  'choices',
  '__proto__',
  'x',
];
const oddTexts = [
  '\u0000',
  '\uFEFF',
  '}',
  ']',
  '"',
  '\\',
  ',',
  'NaN',
  '\n',
  'data: ',
  '<html>',
  '{}',
  '[[',
  '1',
];

type Writable = Record<string, unknown>;

/**
 * Changes a body at up to three places; the texts themselves stay as they are or go. The mark that a text is thinking
 * stays, because without it that text is the answer.
 */
function mutated(body: object, random: Random): unknown {
  const copy = structuredClone(body) as Writable;
  const pick = <T>(list: readonly T[]): T => structuredClone(list[Math.floor(random() * list.length)]!);
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes -= 1) {
    const places: [Writable, string][] = [];
    collect(copy, places);
    if (places.length === 0) break;
    const [holder, key] = places[Math.floor(random() * places.length)]!;
    const value = holder[key];
    switch (Math.floor(random() * 5)) {
      case 0:
        delete holder[key];
        break;
      case 1:
        holder[key] = pick(oddValues);
        break;
      case 2:
        holder[key] = random() < 0.5 ? [value] : { value };
        break;
      case 3:
        delete holder[key];
        Object.defineProperty(holder, pick(oddNames), {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
        break;
      default:
        holder[pick(oddNames)] = pick(oddValues);
    }
  }
  return copy;
}

function collect(value: unknown, places: [Writable, string][]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    if (key !== 'thought') places.push([value as Writable, key]);
    collect((value as Writable)[key], places);
  }
}

/** Cuts a text, or puts something into it. */
function broken(text: string, random: Random): string {
  const at = Math.floor(random() * text.length);
  if (random() < 0.5) return text.slice(0, at);
  const odd = oddTexts[Math.floor(random() * oddTexts.length)]!;
  return text.slice(0, at) + odd + text.slice(at + Math.floor(random() * 3));
}

/**
 * Mutated replies of four kinds of servers from their bytes to a vote, and from the store to the same vote.
 * @param count of replies; the seed makes them repeatable
 */
export function fuzzReplies({ count, seed }: { readonly count: number; readonly seed: number }): FuzzCounts {
  const random = seededRandom(`replies ${seed}`);
  const counts: FuzzCounts = { replies: count, outcomes: {}, failures: [] };
  const judges = (['json', 'brackets'] as const).map((verdict) => {
    const rubric = rubricOf({ verdict, criteria: [{ id: 'right', description: 'Is it right?', weight: 1 }] });
    const capabilities = { structured: true, logprobs: true, seed: true };
    return { verdict, judge: createJudge(specOf({ rubric }), capabilities) };
  });
  const names = Object.keys(bodies);
  for (let index = 0; index < count; index += 1) {
    const name = names[index % names.length]!;
    const { verdict, judge } = judges[Math.floor(random() * judges.length)]!;
    const side = random() < 0.5 ? 'A' : 'B';
    const text =
      verdict === 'json' ? JSON.stringify({ reason: 'clear', verdict: side }) : `It is clear. [[${side}]]`;
    const shapes = bodies[name]!;
    const clean = shapes[Math.floor(random() * shapes.length)]!(text, side);
    const odd = random() < 0.75 ? JSON.stringify(mutated(clean, random)) : JSON.stringify(clean);
    const sent = random() < 0.5 ? odd : broken(odd, random);
    const expected = voteOf(judge, reading(JSON.stringify(clean)));
    const outcome = tried(counts, sent, () => {
      const reply = reading(sent);
      const vote = voteOf(judge, reply);
      check(counts, vote, expected, sent);
      const stored = JSON.stringify(reply);
      check(counts, voteOf(judge, readStoredReply(stored)), expected, stored);
      const changed = random() < 0.5 ? broken(stored, random) : JSON.stringify(mutated(reply, random));
      check(counts, voteOf(judge, readStoredReply(changed)), expected, changed);
      return vote.reason === undefined ? vote.outcome : `${vote.outcome}: ${vote.reason.split(':')[0]}`;
    });
    const tally = counts.outcomes[name] ?? {};
    counts.outcomes[name] = { ...tally, [outcome]: 1 + (tally[outcome] ?? 0) };
  }
  return counts;
}

function reading(sent: string): ChatReply {
  return readReply(parseBody(Buffer.from(sent).toString('utf8')), asked);
}

function tried(counts: FuzzCounts, sent: string, run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProviderError) return `error: ${error.kind}`;
    counts.failures.push(`${String(error)}: ${sent}`);
    return 'thrown';
  }
}

function voteOf(judge: Judge, reply: ChatReply): Vote {
  const [task] = judge.tasks(sum);
  const [question] = judge.questions(task!, sum);
  const reason = whyUnread(reply);
  const recorded = { key: 'k', reply, costUsd: null, latencyMs: 1, cached: false };
  const unread = reason === null ? null : ({ outcome: 'abstain', reason } as const);
  return judge.vote(question!, judge.request(question!, 0, sum), sum, { recorded, unread });
}

/** A verdict is the clean reply's own, and its probability is one. */
function check(counts: FuzzCounts, vote: Vote, clean: Vote, sent: string): void {
  if (vote.outcome === 'abstain') return;
  const { probability = 1 } = vote;
  const isSame = vote.outcome === clean.outcome && preferredOf(vote) === preferredOf(clean);
  if (!isSame || !(probability >= 0 && probability <= 1)) counts.failures.push(`${vote.outcome}: ${sent}`);
}

function preferredOf(vote: Vote): string | undefined {
  return vote.kind === 'pairwise' ? vote.preferred : undefined;
}
