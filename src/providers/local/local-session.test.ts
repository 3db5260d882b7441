import { describe, expect, it } from 'vitest';
import { never, requestOf } from '../../../test/support/chat-model.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { LlamaChat, LlamaPackage, LlamaSequence, LlamaStep } from './load-llama.ts';
import { LocalSession } from './local-session.ts';

const vocabulary = ['{"verdict":"', 'A', 'B', 'tie', '"}', '<end>'];
const end = vocabulary.indexOf('<end>');
const own = { A: 0.6, B: 0.3, tie: 0.1, the: 0 } as const;

/** What the package gives: the shares after grammar and temperature, most likely first, forbidden tokens last. */
function steps(temperature: number): LlamaStep[] {
  const tempered = Object.values(own).map((share) => (share === 0 ? 0 : share ** (1 / (temperature || 1))));
  const total = tempered.reduce((sum, share) => sum + share, 0);
  const only = (token: number) => ({ token, probabilities: new Map([[token, 1]]) });
  const verdict = new Map(tempered.map((share, index) => [index === 3 ? 0 : index + 1, share / total]));
  return [only(0), { token: 2, probabilities: verdict }, only(4), only(end)];
}

/** A stand-in for the optional package: its chat writes what its sequence draws. */
class FakePackage implements LlamaPackage {
  watched = 0;
  asked: Parameters<LlamaChat['generateResponse']>[1][] = [];

  async getLlama() {
    const drawn = ({ temperature }: { temperature: number }) => steps(temperature);
    const sequence: LlamaSequence = {
      evaluate: async function* (_tokens, options) {
        for (const { token } of drawn(options as { temperature: number })) yield token;
      },
      evaluateWithMetadata: (_tokens, _metadata, options) => {
        this.watched += 1;
        return (async function* () {
          yield* drawn(options as { temperature: number });
        })();
      },
    };
    const model = {
      trainContextSize: 2048,
      tokenizer: {},
      detokenize: (tokens: readonly number[]) => tokens.map((token) => vocabulary[token]).join(''),
      isEogToken: (token: number) => token === end,
      createContext: async () => ({ contextSize: 2048, getSequence: () => sequence }),
    };
    return {
      loadModel: async () => model,
      createGrammarForJsonSchema: async () => ({}),
      dispose: async () => {},
    };
  }

  get LlamaChat() {
    const { asked } = this;
    return class implements LlamaChat {
      readonly #sequence: LlamaSequence;
      constructor({ contextSequence }: { contextSequence: LlamaSequence }) {
        this.#sequence = contextSequence;
      }
      chatWrapper = {
        generateContextState: () => ({ contextText: { tokenize: () => Array(10).fill(0) } }),
      };
      async generateResponse(...[, options]: Parameters<LlamaChat['generateResponse']>) {
        asked.push(options);
        let response = '';
        for await (const token of this.#sequence.evaluate([], options)) {
          if (token !== end) response += vocabulary[token];
          options.onToken([token]);
        }
        return { response, metadata: { stopReason: 'eogToken' } };
      }
    };
  }
}

async function ask(changes: Partial<ChatRequest>, fake = new FakePackage()) {
  const session = new LocalSession(fake, '/models/small.gguf', 'small.gguf');
  const reply = await session.complete(requestOf('Which?', changes), never);
  return { reply, fake };
}

describe('a local model', () => {
  it('answers without looking at any distribution without a request for it', async () => {
    const { reply, fake } = await ask({});
    expect(reply).toMatchObject({ text: '{"verdict":"B"}', modelAnswered: 'small.gguf' });
    expect(reply).not.toHaveProperty('logprobs');
    expect(fake.watched).toBe(0);
    expect(fake.asked[0]).not.toHaveProperty('topK');
  });

  it.each([0, 0.7, 2])(
    'reports its own probabilities at temperature %d, without forbidden tokens',
    async (t) => {
      const { reply } = await ask({ topLogprobs: 5, temperature: t });
      expect(reply.text).toBe('{"verdict":"B"}');
      expect(reply.logprobs?.map(({ token }) => token)).toEqual(['{"verdict":"', 'B', '"}']);
      const { logprob, top } = reply.logprobs![1]!;
      expect(Math.exp(logprob)).toBeCloseTo(own.B);
      expect(top.map(({ token }) => token)).toEqual(['A', 'B', 'tie']);
      expect(top.map((other) => Math.exp(other.logprob))).toEqual(
        [0.6, 0.3, 0.1].map((p) => expect.closeTo(p)),
      );
    },
  );

  it('draws from all tokens then, and lists as many as are wanted', async () => {
    const { reply, fake } = await ask({ topLogprobs: 2 });
    expect(fake.asked[0]).toMatchObject({ topK: 0, topP: 1 });
    expect(reply.logprobs![1]!.top.map(({ token }) => token)).toEqual(['A', 'B']);
  });

  it('goes back to the plain way for the next question', async () => {
    const fake = new FakePackage();
    const session = new LocalSession(fake, '/models/small.gguf', 'small.gguf');
    await session.complete(requestOf('Which?', { topLogprobs: 5 }), never);
    expect(await session.complete(requestOf('Which?'), never)).not.toHaveProperty('logprobs');
    expect(fake.watched).toBe(1);
  });
});
