// Users of a model and their feedback: node users.mjs MODEL.json NAME SEED DAYS_AGO SPREAD_DAYS BOTS > events.jsonl
// 60 users, each right about their own taste nine times in ten, and accounts that praise whatever they see.
import { readFileSync } from 'node:fs';
import { answer } from './policy.mjs';
import { manners, questions, random, taste } from './world.mjs';

const [file, model, seed, daysAgo, spreadDays, bots] = process.argv.slice(2);
const { weights } = JSON.parse(readFileSync(file, 'utf8'));
const draw = random(Number(seed));
const pick = (list) => list[Math.floor(draw() * list.length)];
const asked = questions.filter(({ heldOut }) => !heldOut);
const start = Date.now() - Number(daysAgo) * 86_400_000;
/** Of the spread, for a moment between 0 and 1100. */
const minuteMs = (Number(spreadDays) * 86_400_000) / 1100;
let count = 0;

function say(author, question, signal, minutes, manner = answer(weights, question).manner) {
  count += 1;
  const event = {
    id: `${model}-${seed}-${count}`,
    session_id: `${author}-${model}`,
    query_id: question.id,
    response_id: `${model}-${question.id}-${manner}`,
    query: question.prompt,
    response: manners[manner](question),
    model_version: model,
    settings: {},
    at: new Date(start + minutes * minuteMs).toISOString(),
    source: 'example',
    author_kind: 'end_user',
    author,
    ...signal,
  };
  console.log(JSON.stringify(event));
}

for (let person = 0; person < 60; person += 1) {
  for (let turn = 0; turn < 12; turn += 1) {
    const question = pick(asked);
    const minutes = person * 7 + turn * 61 + draw() * 30;
    const shown = answer(weights, question);
    if (turn % 3 === 0) {
      const liked = taste[shown.manner] > 1 === draw() < 0.9;
      say(`person-${person}`, question, { kind: 'thumb', thumb: liked ? 'up' : 'down' }, minutes);
      continue;
    }
    // side by side: two answers that the model draws, not always those it likes best
    const first = draw() < 0.5 ? shown.manner : pick(Object.keys(manners));
    const second = pick(Object.keys(manners).filter((other) => other !== first));
    const isBetter = taste[first] > taste[second] === draw() < 0.9;
    const other = {
      response_id: `${model}-${question.id}-${second}`,
      response: manners[second](question),
      model_version: model,
    };
    const signal = { kind: 'comparison', other, preferred: isBetter ? 'this' : 'other' };
    say(`person-${person}`, question, signal, minutes, first);
  }
}
for (let bot = 0; bot < Number(bots); bot += 1)
  for (let turn = 0; turn < 40; turn += 1)
    say(`bot-${bot}`, asked[(bot + turn) % asked.length], { kind: 'thumb', thumb: 'up' }, bot + turn / 60);
