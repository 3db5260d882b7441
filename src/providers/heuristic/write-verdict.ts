import type { JudgeTask } from '../../ports/chat-model.ts';

/** Scores nearer than this count as equal. */
const level = 0.02;
/** From this difference on, one response counts as much better. */
const far = 0.3;

/** Writes scores in [0, 1] as the answer that the rubric's verdict format asks for, the reason first. */
export function writeVerdict(task: JudgeTask, scores: readonly number[], reason: string): string {
  const { mode, rubric } = task;
  if (rubric.verdict === 'json') return JSON.stringify({ reason, ...jsonVerdict(task, scores) });
  return `${reason}\n${
    mode === 'pointwise'
      ? textScore(task, scores)
      : mode === 'pairwise'
        ? textChoice(task, scores)
        : `[[${ranks(task, scores)
            .map((rank) => rank.join('='))
            .join('>')}]]`
  }`;
}

function jsonVerdict(task: JudgeTask, scores: readonly number[]): Readonly<Record<string, unknown>> {
  switch (task.mode) {
    case 'pairwise': {
      const { better } = compare(task, scores);
      return { verdict: better === null ? 'tie' : 'AB'[better] };
    }
    case 'pointwise':
      return { score: onScale(task, scores) };
    case 'listwise':
      return { ranking: ranks(task, scores) };
  }
}

function textScore(task: JudgeTask, scores: readonly number[]): string {
  return `${task.rubric.verdict === 'result' ? '[RESULT]' : 'Rating:'} ${onScale(task, scores)}`;
}

function textChoice(task: JudgeTask, scores: readonly number[]): string {
  const { better, much } = compare(task, scores);
  switch (task.rubric.verdict) {
    case 'arena-hard': {
      const sign = much ? '>>' : '>';
      return better === null ? '[[A=B]]' : better === 0 ? `[[A${sign}B]]` : `[[B${sign}A]]`;
    }
    case 'output-ab':
      return better === null ? 'Tie' : `Output (${'ab'[better]}) is better.`;
    default:
      return `[[${better === null ? 'C' : 'AB'[better]}]]`;
  }
}

/** Index of the better one; null when level and ties are allowed. */
function compare(
  task: JudgeTask,
  scores: readonly number[],
): { readonly better: 0 | 1 | null; readonly much: boolean } {
  const difference = scores[0]! - scores[1]!;
  if (Math.abs(difference) >= level)
    return { better: difference > 0 ? 0 : 1, much: Math.abs(difference) >= far };
  if (task.rubric.ties) return { better: null, much: false };
  // no tie allowed: by the text itself, so that the order in which the two are shown does not decide
  const [a, b] = task.shown.map(({ text }) => text ?? '');
  return { better: difference > 0 || (difference === 0 && a! <= b!) ? 0 : 1, much: false };
}

/** The rubric's scale in whole steps where its ends are whole numbers. */
function onScale(task: JudgeTask, scores: readonly number[]): number {
  const [min, max] = task.rubric.scale;
  const value = min + (max - min) * scores[0]!;
  return Number.isInteger(min) && Number.isInteger(max) && max > min + 1
    ? Math.round(value)
    : Number(value.toFixed(2));
}

/** Labels from best to worst; with ties allowed, level ones share a rank. */
function ranks(task: JudgeTask, scores: readonly number[]): string[][] {
  const order = scores
    .map((score, index) => ({ score, label: letterOf(index) }))
    .sort((a, b) => b.score - a.score);
  const ranking: string[][] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const { score, label } of order) {
    if (task.rubric.ties && last - score < level && ranking.length > 0) ranking.at(-1)!.push(label);
    else ranking.push([label]);
    last = score;
  }
  return ranking;
}

function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `R${index + 1}`;
}
