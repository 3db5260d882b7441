import { createJudge } from '../../src/raters/llm/create-judge.ts';
import { DebatingJudge } from '../../src/raters/panel/debating-judge.ts';
import { peerJudge } from '../../src/raters/panel/peer-judge.ts';
import { verifiedJudge } from '../../src/raters/panel/verified-judge.ts';
import { sky, specOf, sum } from '../support/judge-parts.ts';
import { raterContract } from './rater.ts';

const can = { structured: true, logprobs: false, seed: false };
const judge = () => createJudge(specOf(), can);
const script = () => '{"reason":"r","verdict":"A","score":1}';

raterContract({ name: 'peer', make: () => peerJudge(judge()), items: [sky, sum], script });
raterContract({
  name: 'verified',
  make: () => verifiedJudge(judge(), 'checker', true),
  items: [sky, sum],
  script,
});
raterContract({
  name: 'debating',
  make: () => new DebatingJudge(judge(), [createJudge(specOf({ id: 'other', model: 'claude-test' }), can)]),
  items: [sky, sum],
  script,
});
