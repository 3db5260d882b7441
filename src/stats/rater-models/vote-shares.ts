import type { Responses } from './responses.ts';

/** Share of each label among a task's responses, task by task (taskCount x labelCount); uniform where no rater answered. */
export function voteShares(responses: Responses): Float64Array {
  const { taskCount, labelCount, task, label } = responses;
  const shares = new Float64Array(taskCount * labelCount);
  for (let index = 0; index < task.length; index += 1)
    shares[task[index]! * labelCount + label[index]!]! += 1;
  for (let at = 0; at < taskCount; at += 1) normaliseRow(shares, at * labelCount, labelCount);
  return shares;
}

/** Scales `length` cells to sum 1, in place; uniform where they sum to 0. */
export function normaliseRow(cells: Float64Array, start: number, length: number): void {
  let sum = 0;
  for (let k = start; k < start + length; k += 1) sum += cells[k]!;
  for (let k = start; k < start + length; k += 1) cells[k] = sum > 0 ? cells[k]! / sum : 1 / length;
}
