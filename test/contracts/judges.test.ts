import type { Rubric } from '../../src/domain/rubric.ts';
import type { ChatRequest } from '../../src/ports/chat-model.ts';
import { createJudge } from '../../src/raters/llm/create-judge.ts';
import { rubricOf, sky, specOf, sum } from '../support/judge-parts.ts';
import { raterContract } from './rater.ts';

const can = { structured: true, logprobs: true, seed: true };

const good: Readonly<Record<Rubric['verdict'], string>> = {
  json: '{"reason":"it is right","verdict":"A"}',
  brackets: 'It is right. [[B]]',
  'arena-hard': 'Much better. [[A>>B]]',
  'output-ab': 'Therefore, Output (b) is better.',
  result: 'Feedback: fine. [RESULT] 4',
  rating: 'Rating: 4',
};

for (const verdict of ['json', 'brackets', 'arena-hard', 'output-ab'] as const) {
  raterContract({
    name: `pairwise, ${verdict}`,
    make: () => createJudge(specOf({ rubric: rubricOf({ verdict }), samples: 2 }), can),
    items: [sky, sum],
    script: () => good[verdict],
  });
}
for (const verdict of ['json', 'result', 'rating'] as const) {
  for (const ask of ['each', 'overall'] as const) {
    raterContract({
      name: `pointwise ${ask}, ${verdict}`,
      make: () => createJudge(specOf({ rubric: rubricOf({ mode: 'pointwise', verdict, ask }) }), can),
      items: [sky, sum],
      script: () => (verdict === 'json' ? '{"reason":"fine","score":4}' : good[verdict]),
    });
  }
}
raterContract({
  name: 'listwise',
  make: () => createJudge(specOf({ rubric: rubricOf({ mode: 'listwise' }), samples: 2 }), can),
  items: [sky, sum],
  script: (request: ChatRequest) =>
    JSON.stringify({ ranking: request.task!.shown.map((_, index) => [String.fromCharCode(65 + index)]) }),
});
