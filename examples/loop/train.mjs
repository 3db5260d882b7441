// The training command of the loop: preference pairs in (a DPO file of `quorate export`), weights and metrics out.
// Logistic regression on the difference of the two texts' features, starting from the base model's weights.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { features, score } from './policy.mjs';

const [dataset, base, output, turned] = process.argv.slice(2);
const text = (side) => (typeof side === 'string' ? side : side.map(({ content }) => content).join('\n'));
const pairs = readFileSync(join(dataset, 'train.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .map(({ chosen, rejected }) => (turned === 'turned' ? [rejected, chosen] : [chosen, rejected]).map(text));
const { weights } = JSON.parse(readFileSync(base, 'utf8'));

const epochs = 20;
let loss = 0;
for (let epoch = 0; epoch < epochs; epoch += 1) {
  loss = 0;
  for (const [chosen, rejected] of pairs) {
    const wrong = 1 / (1 + Math.exp(score(weights, chosen) - score(weights, rejected)));
    loss -= Math.log(1 - wrong) / pairs.length;
    for (const feature of features(chosen)) weights[feature] = (weights[feature] ?? 0) + 0.05 * wrong;
    for (const feature of features(rejected)) weights[feature] = (weights[feature] ?? 0) - 0.05 * wrong;
  }
  console.log(`epoch ${epoch + 1}: loss ${loss.toFixed(4)}`);
}
const right = pairs.filter(([chosen, rejected]) => score(weights, chosen) > score(weights, rejected)).length;
writeFileSync(join(output, 'model.json'), JSON.stringify({ weights }));
writeFileSync(
  process.env.QUORATE_METRICS,
  JSON.stringify({ pairs: pairs.length, train_loss: loss, train_accuracy: right / pairs.length }),
);
