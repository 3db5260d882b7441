import { type EventReading, type FailureCategory, failureCategories } from '../../domain/failure-category.ts';
import { complaintCues, requestCue } from './complaint-cues.ts';

/** Prior evidence for `other`: a comment without any cue matches no known failure. */
const otherPrior = 1.2;
/** Scale of the scores; with it confidence stays below accuracy on the design half of the labelled comments. */
const logitScale = 1.5;
/** Characters of a comment that are classified. */
const readCharacters = 2_000;

/** Classifies a comment: cues are summed in nats and converted to a probability. Each cue counts once. */
export function readComment(comment: string): EventReading {
  const text = comment.slice(0, readCharacters).toLowerCase().replaceAll('’', "'");
  const scores = new Map<FailureCategory, number>(failureCategories.map((category) => [category, 0]));
  scores.set('other', otherPrior);
  for (const { category, weight, pattern } of complaintCues)
    if (pattern.test(text)) scores.set(category, scores.get(category)! + weight);
  const request = requestCue.test(text);
  if (request) scores.set('other', scores.get('other')! + 2);
  let best: FailureCategory = 'other';
  let total = 0;
  for (const [category, score] of scores) {
    total += Math.exp(logitScale * score);
    if (score > scores.get(best)!) best = category;
  }
  return {
    category: best,
    confidence: Math.exp(logitScale * scores.get(best)!) / total,
    request,
    from: 'comment',
  };
}
