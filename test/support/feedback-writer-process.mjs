// Appends feedback to a store without end, in batches, and says on stdout which events were acknowledged.
// Started as a process of its own, to be killed: node feedback-writer-process.mjs STORE NAME BATCH [LAST]
import { openSqliteFeedbackStore } from '../../dist/stores.js';

const [file, name, size, last = 'Infinity'] = process.argv.slice(2);
const store = openSqliteFeedbackStore(file);
const event = (number) => ({
  id: `${name}-${number}`,
  session_id: 's',
  query_id: 'q',
  response_id: `${name}-r${number}`,
  query: 'How many moons has Mars?',
  response: `Two. ${'x'.repeat(200)}`,
  model_version: 'm1',
  settings: {},
  at: '2026-03-01T10:00:00.000Z',
  source: 'drill',
  author_kind: 'end_user',
  author: 'k1:00000000000000000000000000000001',
  kind: 'thumb',
  thumb: 'up',
});
try {
  for (let from = 0; from < Number(last); from += Number(size)) {
    const batch = Array.from({ length: Number(size) }, (_, index) => event(from + index));
    await store.append(batch);
    // one write call, so that a line is whole or not there
    process.stdout.write(`${batch.map(({ id }) => id).join(' ')}\n`);
  }
  await store.close();
} catch (error) {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
}
