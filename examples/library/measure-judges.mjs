// How well do raters agree with labels? Votes and labels are records in memory here; paths of JSONL files work too.
import { measureAgreement, reconcile } from 'quorate';

const vote = (item, rater, kind, preferred) => ({
  item,
  rater,
  rater_kind: kind,
  kind: 'pairwise',
  shown: ['a', 'b'],
  outcome: 'verdict',
  preferred,
});
const ids = Array.from({ length: 40 }, (_, index) => `q${index}`);
const votes = ids.flatMap((id, n) => [
  vote(id, 'good', 'llm', n % 10 === 0 ? 'b' : 'a'),
  vote(id, 'coin', 'llm', n % 2 === 0 ? 'b' : 'a'),
]);
const labels = ids.map((id) => vote(id, 'ada', 'human', 'a'));

const { raters } = await measureAgreement({ votes, labels }, { replicates: 200 });
const { preferences } = await reconcile({ votes, labels });
console.log(`${raters.length} raters measured, ${preferences.length} preferences`);
