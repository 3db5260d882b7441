/**
 * Contracts that raters, providers, stores and export formats keep to, a scripted model, and stores in memory.
 * Use them in a test of vitest, jest, mocha or node:test, or run them without one.
 *
 * @example
 * import { describe, it } from 'node:test';
 * import { defineRater } from 'quorate/raters';
 * import { raterContract, registerChecks } from 'quorate/testing';
 *
 * const make = () => defineRater({ id: 'brevity', compare: (a, b) => (a.length < b.length ? 'first' : 'second') });
 * const items = [{ id: 'q1', prompt: 'Hello?', candidates: [{ id: 'a', text: 'Hi.' }, { id: 'b', text: 'Hello!' }] }];
 * registerChecks({ describe, it }, 'brevity', raterContract({ make, items }));
 *
 * @module quorate/testing
 */
export { MemoryFeedbackStore } from '../store/memory/memory-feedback-store.ts';
export { LoopMemory, MemoryLoopStore } from '../store/memory/memory-loop-store.ts';
export { MemoryRegistry } from '../store/memory/memory-registry.ts';
export { MemoryStore, newMemoryState } from '../store/memory/memory-store.ts';
export { MemoryTokenStore } from '../store/memory/memory-token-store.ts';
export {
  type Check,
  type CheckResult,
  registerChecks,
  runChecks,
  type TestRunner,
} from '../testing/check.ts';
export { formatContract } from '../testing/format-contract.ts';
export { type ProviderUnderTest, providerContract } from '../testing/provider-contract.ts';
export { type RaterUnderTest, raterContract } from '../testing/rater-contract.ts';
export {
  promptOf,
  type Script,
  type ScriptedContext,
  scriptedContext,
  scriptedModel,
} from '../testing/scripted-model.ts';
export { type StoreUnderTest, storeContract } from '../testing/store-contract.ts';
