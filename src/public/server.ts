/**
 * The HTTP API of `quorate serve` as a Fetch handler, for a server of your own.
 *
 * @example
 * import { createServer } from 'node:http';
 * import { getRequestListener } from '@hono/node-server';
 * import { createFeedbackHandler } from 'quorate/server';
 * import { openSqliteFeedbackStore, openSqliteTokenStore } from 'quorate/stores';
 *
 * const store = openSqliteFeedbackStore('feedback.db');
 * const tokens = openSqliteTokenStore('tokens.db');
 * const { fetch } = createFeedbackHandler({ store, tokens });
 * createServer(getRequestListener(fetch)).listen(8787, '127.0.0.1');
 *
 * @module quorate/server
 */
export {
  createFeedbackHandler,
  type FeedbackHandler,
  type FeedbackHandlerInput,
} from '../app/feedback-handler.ts';
export type { FeedbackEvent, FeedbackKind, Interaction } from '../domain/feedback-event.ts';
export { defaultIntakeRules, type IntakeRules } from '../domain/intake.ts';
export { acceptEvent, acceptInteraction, type IntakeSettings } from '../feedback/intake/accept-event.ts';
export { type AuthorKeys, readAuthorKeys } from '../feedback/intake/author-keys.ts';
export { openEventRedactor } from '../feedback/redact-event.ts';
