// Answers questions without feedback: node answer.mjs MODEL.json NAME > responses.jsonl
import { readFileSync } from 'node:fs';
import { answer } from './policy.mjs';
import { questions } from './world.mjs';

const [file, model] = process.argv.slice(2);
const { weights } = JSON.parse(readFileSync(file, 'utf8'));
for (const question of questions.filter(({ heldOut }) => heldOut)) {
  const { text } = answer(weights, question);
  const { id, prompt, country, capital } = question;
  console.log(
    JSON.stringify({
      id,
      prompt,
      cluster: country,
      reference: capital,
      candidates: [{ id: model, text, model }],
    }),
  );
}
