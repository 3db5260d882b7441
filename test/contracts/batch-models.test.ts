import { afterEach, describe, expect, it } from 'vitest';
import { type BatchModel, type BatchQuestion, batchOf } from '../../src/ports/batch-model.ts';
import type { ChatModel } from '../../src/ports/chat-model.ts';
import { openModel } from '../../src/providers/index.ts';
import { never, requestOf, specOf } from '../support/chat-model.ts';
import { type FakeBatches, type FakeBatchOptions, fakeBatches } from '../support/fake-batches.ts';
import { FakeLedger } from '../support/fake-ledger.ts';
import { interceptFetch } from '../support/intercept-fetch.ts';

const call = { signal: never };
const questions: readonly BatchQuestion[] = ['one', 'two', 'three'].map((text, index) => ({
  customId: `intent1-${index}`,
  request: requestOf(`${text}: [[A]] or [[B]]?`),
}));

describe.each(['openai', 'anthropic'] as const)('the batches of %s', (provider) => {
  const network = interceptFetch();
  let ledger: FakeLedger;
  let served: FakeBatches;
  let model: ChatModel;
  afterEach(() => model.close?.());

  async function start(options: Partial<FakeBatchOptions> = {}): Promise<BatchModel> {
    ledger = new FakeLedger();
    served = fakeBatches({ ledger: () => ledger, ...options });
    const address = 'https://batches.example';
    network.use(served.handler(address));
    const baseUrl = provider === 'anthropic' ? address : `${address}/v1`;
    model = await openModel(specOf(provider, { baseUrl, keyEnv: 'KEY' }), { KEY: 'sk-test-0123456789' });
    return batchOf(model)!;
  }
  const intent = (others: readonly string[] = []) => ({
    intent: 'intent1',
    atMs: Date.now(),
    questions: 3,
    others,
  });

  it('answers every question under its own id, for half the price', async () => {
    const batch = await start({ polls: 2 });
    expect(batch.priceShare).toBe(0.5);
    const id = await batch.submit('intent1', questions, call);
    expect(await batch.progress(id, call)).toMatchObject({ ended: false, total: 3 });
    expect(await batch.progress(id, call)).toMatchObject({ ended: true, done: 3 });
    const answers = await batch.answers(id, call);
    expect(answers.map(({ customId }) => customId)).toEqual(['intent1-0', 'intent1-1', 'intent1-2']);
    for (const answer of answers)
      expect(answer).toMatchObject({ outcome: 'reply', reply: { finish: 'stop' } });
    expect(ledger.questions[0]?.prompt).toBe('one: [[A]] or [[B]]?');
  });

  it('distinguishes what failed from what was never answered', async () => {
    const fates = ['answer', 'fail', 'expire'] as const;
    const batch = await start({
      fate: ({ prompt }) => fates[['one', 'two', 'three'].indexOf(prompt.split(':')[0]!)]!,
    });
    const id = await batch.submit('intent1', questions, call);
    await batch.progress(id, call);
    const answers = await batch.answers(id, call);
    const outcomes = Object.fromEntries(answers.map((answer) => [answer.customId, answer.outcome]));
    expect(outcomes).toEqual({ 'intent1-0': 'reply', 'intent1-1': 'failed', 'intent1-2': 'unanswered' });
    expect(answers.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      error: { kind: 'overloaded' },
    });
  });

  it('finds a batch whose submission got no reply', async () => {
    const batch = await start({ breakAt: (step) => (step === 'create' ? 'after' : undefined) });
    await expect(batch.submit('intent1', questions, call)).rejects.toMatchObject({ kind: 'network' });
    const [lost] = served.batches;
    let search = await batch.find(intent(), call);
    if (provider === 'anthropic') {
      expect(search).toEqual({ found: 'perhaps' });
      search = await batch.find(intent(), call);
    }
    expect(search).toEqual({ found: 'yes', batch: lost!.id });
  });

  it('does not take another batch for its own, on whatever page it stands', async () => {
    const batch = await start();
    for (const other of ['other1', 'other2', 'other3']) {
      const theirs = questions.map(({ request }, index) => ({ customId: `${other}-${index}`, request }));
      await batch.progress(await batch.submit(other, theirs, call), call);
    }
    expect(await batch.find(intent(), call)).toEqual({ found: 'no' });
    expect(await batch.find({ ...intent(), intent: 'other1' }, call)).toMatchObject({ found: 'yes' });
  });

  it('says how many bytes a question takes', async () => {
    const batch = await start();
    const bytes = questions.reduce((sum, question) => sum + batch.bytesOf(question), 0);
    expect(bytes).toBeGreaterThan(3 * 80);
    expect(batch.limits.bytes).toBeGreaterThanOrEqual(200_000_000);
    expect(batch.bytesOf({ customId: 'x', request: requestOf('é'.repeat(1000)) })).toBeGreaterThan(2000);
  });
});
