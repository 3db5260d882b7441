/**
 * Scores or probabilities with their outcomes (1 or 0, or a fraction where labels disagree), parallel lists.
 * @throws RangeError where lengths differ or a value is not finite: a programming error, never data to average over.
 */
export function checkScored(scores: ArrayLike<number>, outcomes: ArrayLike<number>): void {
  if (scores.length !== outcomes.length) {
    throw new RangeError(`${scores.length} scores with ${outcomes.length} outcomes`);
  }
  for (let index = 0; index < scores.length; index += 1) {
    if (!Number.isFinite(scores[index]) || !(outcomes[index]! >= 0 && outcomes[index]! <= 1)) {
      throw new RangeError(
        `at ${index}: a finite score and an outcome in [0, 1] are needed, received ${scores[index]}, ${outcomes[index]}`,
      );
    }
  }
}
