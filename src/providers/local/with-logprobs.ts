import type { TokenLogprob } from '../../ports/chat-model.ts';
import type { LlamaModel, LlamaSequence } from './load-llama.ts';

/** How tokens are drawn, and how many alternatives of each are wanted. */
interface Drawing {
  readonly top: number;
  readonly temperature: number;
}

/**
 * Lets `generate` run, and keeps from which distribution each of its tokens was drawn. The package reports that only to
 * who asks the sequence itself, so for this one reply the sequence answers its chat with the distribution written down.
 *
 * The distribution is what the grammar left: tokens that it forbids have no share.
 */
export async function withLogprobs<T>(
  model: LlamaModel,
  sequence: LlamaSequence,
  drawing: Drawing,
  generate: () => Promise<T>,
): Promise<{ readonly generated: T; readonly logprobs: readonly TokenLogprob[] }> {
  const logprobs: TokenLogprob[] = [];
  const { evaluate } = sequence;
  sequence.evaluate = async function* (tokens, options) {
    const steps = sequence.evaluateWithMetadata(tokens, { probabilities: true }, options);
    try {
      let replacement: unknown;
      while (true) {
        const step = await steps.next(replacement);
        if (step.done === true) return;
        const { token, probabilities } = step.value;
        if (!model.isEogToken(token)) logprobs.push(asLogprob(model, token, probabilities, drawing));
        replacement = yield token;
      }
    } finally {
      await steps.return();
    }
  };
  try {
    return { generated: await generate(), logprobs };
  } finally {
    sequence.evaluate = evaluate;
  }
}

/** @param drawn most likely first, as the temperature left them: p ∝ own^(1/T). */
function asLogprob(
  model: LlamaModel,
  token: number,
  drawn: ReadonlyMap<number, number>,
  { top, temperature }: Drawing,
): TokenLogprob {
  const undo = temperature > 0 ? temperature : 1;
  let total = 0;
  for (const share of drawn.values()) total += share ** undo;
  const logprob = (share: number) => undo * Math.log(share) - Math.log(total);
  const text = (id: number) => model.detokenize([id]);
  const likely: { token: string; logprob: number }[] = [];
  for (const [id, share] of drawn) {
    if (likely.length === top || share === 0) break;
    likely.push({ token: text(id), logprob: logprob(share) });
  }
  // A share too small for the package's 32 bits is none: -Infinity would not survive JSON.
  const share = drawn.get(token) || Number.MIN_VALUE;
  return { token: text(token), logprob: logprob(share), top: likely };
}
