// A job without YAML: items, a rule that is a function, and a rater of your own. The results go to a folder.
import { defineJob, runJob } from 'quorate';
import { defineRater } from 'quorate/raters';

const shorter = defineRater({ id: 'shorter', compare: (a, b) => (a.length < b.length ? 'first' : 'second') });
const items = [
  {
    id: 'q1',
    prompt: 'Say hello.',
    candidates: [
      { id: 'a', text: 'Hello.' },
      { id: 'b', text: 'Hello there, my friend!' },
    ],
  },
];
const noShouting = (response) => !response.includes('!') || 'it shouts';

const job = await defineJob({
  name: 'hello',
  items,
  rules: [noShouting],
  raters: [shorter],
  out: process.argv[2] ?? 'out',
});
const { report } = await runJob(job);
console.log(`${report.items} item, preferences: ${JSON.stringify(report.preferences)}`);
