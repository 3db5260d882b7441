// Any function that answers a request is a provider; this one stands for your own model server.
import { judgePairs } from 'quorate';
import { defineProvider } from 'quorate/providers';

const provider = defineProvider({
  name: 'mine',
  complete: async ({ task }) => ({
    text: JSON.stringify({ reason: 'shorter', verdict: task.shown[0].id === 'a' ? 'A' : 'B' }),
  }),
});
const [{ preferred, votes }] = await judgePairs({
  judge: { provider, model: 'judge-7b' },
  pairs: [{ prompt: 'Say hello.', a: 'Hello.', b: 'Hello there!' }],
});
console.log(`preferred: ${preferred}, orders agree: ${votes.every((vote) => vote.preferred === 'a')}`);
