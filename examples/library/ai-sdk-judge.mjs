// Any model of the Vercel AI SDK is a judge. A real program writes: import { openai } from '@ai-sdk/openai';
// const model = openai('gpt-5-mini'); this one has the same shape and answers without a network.
import { judgePairs } from 'quorate';
import { fromAiSdk } from 'quorate/providers';

const model = {
  specificationVersion: 'v2',
  provider: 'offline',
  modelId: 'always-first',
  doGenerate: async () => ({
    content: [{ type: 'text', text: '{"reason":"it comes first","verdict":"A"}' }],
    finishReason: 'stop',
  }),
};
const [{ preferred, votes }] = await judgePairs({
  judge: fromAiSdk(model),
  pairs: [{ prompt: 'Say hello.', a: 'Hello.', b: 'Hi.' }],
});
console.log(`preferred: ${preferred}, ${votes.length} votes: it follows the position, not the answer`);
