import type { RaterTask } from '../../ports/rater.ts';
import { expectedCost } from '../calls/cost.ts';
import type { PanelMember } from '../calls/model-endpoint.ts';

type Calls = Pick<RaterTask, 'calls' | 'inputTokens' | 'outputTokens' | 'maxOutputTokens'>;
type Payers = Pick<PanelMember, 'endpoint' | 'others'>;

/** Which of the estimated tokens a cost is for. */
export interface TokenShares {
  /** Factor of the estimated input. */
  readonly input: number;
  /** Factor of the estimated output; `ceiling` is the most that the calls may return. */
  readonly output: number | 'ceiling';
}

const expected: TokenShares = { input: 1, output: 1 };

/**
 * The cost of a task in US dollars, each call at the price of the model that it goes to; null where a price is unknown.
 * @param isPaid whether these shared calls belong to another task that pays for them
 */
export function taskCost(
  task: RaterTask,
  { endpoint, others }: Payers,
  shares: TokenShares = expected,
  isPaid: (shared: NonNullable<RaterTask['shared']>[number]) => boolean = () => false,
): number | null {
  if (task.calls === 0) return 0;
  const { shared = [], elsewhere = [] } = task;
  const own: Calls = { ...without(task, [...shared, ...elsewhere]), ...ceilingOf(task) };
  let usd = 0;
  const parts: (readonly [Calls, Payers['endpoint']])[] = [
    [own, endpoint],
    ...elsewhere.map((part) => [part, others.get(part.model) ?? endpoint] as const),
    ...shared
      .filter((part) => !isPaid(part))
      .map((part) => [part, others.get(part.rater) ?? endpoint] as const),
  ];
  for (const [part, payer] of parts) {
    if (part.calls === 0) continue;
    const price = payer?.price ?? null;
    if (price === null) return null;
    const output =
      shares.output === 'ceiling'
        ? Math.max(part.maxOutputTokens ?? 0, part.outputTokens)
        : part.outputTokens * shares.output;
    usd += expectedCost(part.inputTokens * shares.input, output, price, part.calls);
  }
  return usd;
}

function ceilingOf({ maxOutputTokens }: RaterTask): Pick<Calls, 'maxOutputTokens'> {
  return maxOutputTokens === undefined ? {} : { maxOutputTokens };
}

function without(task: Calls, parts: readonly Calls[]): Calls {
  const left = { calls: task.calls, inputTokens: task.inputTokens, outputTokens: task.outputTokens };
  for (const { calls, inputTokens, outputTokens } of parts) {
    left.calls -= calls;
    left.inputTokens -= inputTokens;
    left.outputTokens -= outputTokens;
  }
  return left;
}
