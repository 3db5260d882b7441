import type { RaterTask, SharedCalls } from '../../ports/rater.ts';

type Calls = Pick<RaterTask, 'calls' | 'inputTokens' | 'outputTokens'>;

/** A task including the calls that it shares with others. */
export function withShared(task: RaterTask, shared: readonly SharedCalls[]): RaterTask {
  return shared.length === 0 ? task : { ...task, ...total([task, ...shared]), shared };
}

/** The calls of a task without shared ones. */
export function ownCalls({ shared = [], calls, inputTokens, outputTokens }: RaterTask): Calls {
  const other = total(shared);
  return {
    calls: calls - other.calls,
    inputTokens: inputTokens - other.inputTokens,
    outputTokens: outputTokens - other.outputTokens,
  };
}

/** The sum of calls and tokens. */
export function total(parts: readonly Calls[]): Calls {
  const sum = (of: (part: Calls) => number) => parts.reduce((all, part) => all + of(part), 0);
  return {
    calls: sum(({ calls }) => calls),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
  };
}
