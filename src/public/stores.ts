/**
 * Where runs, feedback and model versions are kept: SQLite files, or memory.
 *
 * @example
 * import { judgePairs } from 'quorate';
 * import { openSqliteStore } from 'quorate/stores';
 *
 * const store = openSqliteStore('.quorate/pairs.db');
 * const pairs = [{ prompt: 'What is 2 + 2?', a: '4', b: '5' }];
 * await judgePairs({ judge: { provider: 'heuristic' }, pairs }, { store });
 * await store.close(); // the next run of this program asks nothing that was answered before
 *
 * @module quorate/stores
 */
export type { FeedbackStore } from '../ports/feedback-store.ts';
export type { ModelRegistry } from '../ports/model-registry.ts';
export type { RecordedTask, RunStore, RunSummary, Spending } from '../ports/run-store.ts';
export type { TokenStore } from '../ports/token-store.ts';
export { MemoryFeedbackStore } from '../store/memory/memory-feedback-store.ts';
export { MemoryRegistry } from '../store/memory/memory-registry.ts';
export { MemoryStore } from '../store/memory/memory-store.ts';
export { MemoryTokenStore } from '../store/memory/memory-token-store.ts';
export { openSqliteFeedbackStore } from '../store/sqlite/feedback/sqlite-feedback-store.ts';
export { openSqliteRegistry } from '../store/sqlite/sqlite-registry.ts';
export { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
export { openSqliteTokenStore } from '../store/sqlite/sqlite-token-store.ts';
