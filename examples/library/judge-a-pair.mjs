// Two strings to a judged pair. With a key, write { provider: 'openai', model: 'gpt-5-mini' } instead.
import { judgePairs } from 'quorate';

const [result] = await judgePairs({
  judge: { provider: 'heuristic' },
  pairs: [
    { prompt: 'What is the capital of Australia?', a: 'Canberra.', b: 'no idea', reference: 'Canberra' },
  ],
});
console.log(
  `preferred: ${result.preferred}, probability ${result.probability.toFixed(2)}, ${result.votes.length} votes`,
);
