import { checkArgument } from '../domain/check-argument.ts';
import { ConfigError } from '../domain/errors.ts';
import { defaultIntakeRules, type IntakeRules } from '../domain/intake.ts';
import { type AuthorKeys, readAuthorKeys } from '../feedback/intake/author-keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { FeedbackStore } from '../ports/feedback-store.ts';
import type { TokenStore } from '../ports/token-store.ts';
import { createFeedbackApp } from '../server/feedback-app.ts';
import { readWidget } from '../server/routes/widget.ts';
import { createServerLog } from '../server/server-log.ts';
import { systemClock } from './system-clock.ts';

/**
 * The stores behind the HTTP API, and its limits.
 * @example
 * import { MemoryFeedbackStore, MemoryTokenStore } from 'quorate/stores';
 * const input: FeedbackHandlerInput = {
 *   store: new MemoryFeedbackStore(),
 *   tokens: new MemoryTokenStore(),
 *   maxBodyBytes: 1_000_000,
 * };
 */
export interface FeedbackHandlerInput {
  readonly store: FeedbackStore;
  /** Who may send and read; without a token in it every request is rejected. */
  readonly tokens: TokenStore;
  readonly rules?: IntakeRules;
  /** Keys that author names are signed and hashed with; default: from process.env. */
  readonly keys?: AuthorKeys;
  readonly authorEventsPerMinute?: number;
  /** Larger bodies are refused before they are read; default: 8 MiB. */
  readonly maxBodyBytes?: number;
  readonly clock?: Clock;
  /** Receives one line a minute and one a problem; default: nothing is logged. */
  readonly log?: (text: string) => void;
}

/**
 * A Fetch handler: standard Request in, Response out.
 * @example
 * const answer = (handler: FeedbackHandler) => handler.fetch(new Request('http://localhost/v1/health'));
 */
export interface FeedbackHandler {
  fetch(request: Request): Promise<Response>;
}

const inputShape = {
  keys: 'object?',
  authorEventsPerMinute: 'number?',
  maxBodyBytes: 'number?',
  log: 'function?',
} as const;
const rulesShape = {
  maxSkewSeconds: 'number',
  maxAgeDays: 'number',
  maxCommentLength: 'number',
  maxTextLength: 'number',
  maxEventLength: 'number',
  unknownModel: 'name',
} as const;

/**
 * The HTTP API of `quorate serve` without a socket: mount it in any server that speaks Request and Response.
 * @throws ConfigError that names the missing member.
 * @example
 * import { MemoryFeedbackStore, MemoryTokenStore } from 'quorate/stores';
 * const { fetch } = createFeedbackHandler({ store: new MemoryFeedbackStore(), tokens: new MemoryTokenStore() });
 * const response = await fetch(new Request('http://localhost/v1/health'));
 */
export function createFeedbackHandler(input: FeedbackHandlerInput): FeedbackHandler {
  if (typeof input !== 'object' || input === null)
    throw new ConfigError('createFeedbackHandler needs an object');
  const hint = 'open one with quorate/stores';
  checkArgument('store', input.store, { append: 'function', events: 'function' }, hint);
  checkArgument('tokens', input.tokens, { find: 'function', list: 'function' }, hint);
  checkArgument('', input, inputShape);
  if (input.rules !== undefined) checkArgument('rules', input.rules, rulesShape);
  if (input.clock !== undefined) checkArgument('clock', input.clock, { now: 'function', sleep: 'function' });
  const clock = input.clock ?? systemClock;
  const app = createFeedbackApp({
    store: input.store,
    tokens: input.tokens,
    keys: input.keys ?? readAuthorKeys(process.env),
    rules: input.rules ?? defaultIntakeRules,
    authorEventsPerMinute: input.authorEventsPerMinute ?? 300,
    clock,
    log: createServerLog(input.log ?? (() => {}), clock),
    maxBodyBytes: input.maxBodyBytes,
    widget: readWidget(),
  });
  return { fetch: async (request) => app.fetch(request) };
}
