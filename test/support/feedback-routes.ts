import { defaultIntakeRules } from '../../src/domain/intake.ts';
import { readAuthorKeys } from '../../src/feedback/intake/author-keys.ts';
import type { RouteModule } from '../../src/server/route.ts';
import { type FeedbackParts, feedbackRoutes } from '../../src/server/routes/feedback.ts';
import { interactionRoutes } from '../../src/server/routes/interactions.ts';
import { MemoryFeedbackStore } from '../../src/store/memory/memory-feedback-store.ts';
import { TestServer } from './server-app.ts';

export const keys = readAuthorKeys({ QUORATE_AUTHOR_KEY: 'a key for tests, long enough to be one' });

/** A server that ingests feedback, and the store behind it. */
export function feedbackServer(more: Partial<FeedbackParts> = {}) {
  let nowMs = () => 0;
  const store = new MemoryFeedbackStore(undefined, () => nowMs());
  let modules: readonly RouteModule[] = [];
  const server = new TestServer(({ clock }) => {
    nowMs = clock.now;
    const parts = { store, keys, rules: defaultIntakeRules, clock, authorEventsPerMinute: null, ...more };
    modules = [interactionRoutes(parts), feedbackRoutes(parts)];
    return modules;
  });
  return { server, store, modules };
}

/** A response that was served, as an application records it. */
export const served = {
  session_id: 's1',
  query_id: 'q1',
  response_id: 'r1',
  query: 'How many moons has Mars?',
  response: 'Two: Phobos and Deimos.',
  model_version: 'm1',
  settings: { temperature: 0.5 },
  at: '2026-05-01T11:59:00Z',
  source: 'chat',
};

/** A thumb up with the whole context. */
export const thumb = {
  id: 'e1',
  ...served,
  author: 'anna',
  kind: 'thumb',
  thumb: 'up',
};
