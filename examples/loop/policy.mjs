// A tiny model that really learns: it says what its weights like best. A text is its words and pairs of words.
import { manners } from './world.mjs';

export function features(text) {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const found = new Set(words);
  for (let index = 1; index < words.length; index += 1) found.add(`${words[index - 1]} ${words[index]}`);
  return [...found, `length ${Math.min(5, Math.floor(words.length / 8))}`];
}

export function score(weights, text) {
  return features(text).reduce((sum, feature) => sum + (weights[feature] ?? 0), 0);
}

/** What the model says: the best of all manners under its weights. */
export function answer(weights, question) {
  const texts = Object.entries(manners).map(([manner, say]) => ({ manner, text: say(question) }));
  return texts.reduce((best, other) =>
    score(weights, other.text) > score(weights, best.text) ? other : best,
  );
}
