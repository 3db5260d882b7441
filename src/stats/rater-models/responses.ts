/**
 * The label that each rater gave each task, as parallel arrays of indices: compact for millions of votes.
 * @example
 * const one: Responses = {
 *   taskCount: 1,
 *   raterCount: 1,
 *   labelCount: 2,
 *   task: Int32Array.of(0),
 *   rater: Int32Array.of(0),
 *   label: Int32Array.of(1),
 * };
 */
export interface Responses {
  readonly taskCount: number;
  readonly raterCount: number;
  readonly labelCount: number;
  readonly task: Int32Array;
  readonly rater: Int32Array;
  readonly label: Int32Array;
}

/**
 * Answers by name; one rater may answer a task more than once.
 * @example
 * const responses: NamedResponses = indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'B']]);
 */
export interface NamedResponses extends Responses {
  readonly tasks: readonly string[];
  readonly raters: readonly string[];
  readonly labels: readonly string[];
}

/**
 * Gives every name an index. Labels are sorted, or taken from `labels` where some may not occur.
 * @example
 * indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'B']]).labels; // ['A', 'B']
 */
export function indexResponses(
  answers: Iterable<readonly [rater: string, task: string, label: string]>,
  labels?: readonly string[],
): NamedResponses {
  const list = [...answers];
  const labelNames = labels ?? [...new Set(list.map(([, , label]) => label))].sort();
  const tasks = new Map<string, number>();
  const raters = new Map<string, number>();
  const labelIndex = new Map(labelNames.map((label, index) => [label, index]));
  const indexIn = (map: Map<string, number>, name: string): number => {
    const found = map.get(name);
    if (found !== undefined) return found;
    map.set(name, map.size);
    return map.size - 1;
  };
  const task = new Int32Array(list.length);
  const rater = new Int32Array(list.length);
  const label = new Int32Array(list.length);
  list.forEach(([raterName, taskName, labelName], index) => {
    const known = labelIndex.get(labelName);
    if (known === undefined)
      throw new RangeError(`label "${labelName}" is not among ${labelNames.join(', ')}`);
    task[index] = indexIn(tasks, taskName);
    rater[index] = indexIn(raters, raterName);
    label[index] = known;
  });
  return {
    tasks: [...tasks.keys()],
    raters: [...raters.keys()],
    labels: labelNames,
    taskCount: tasks.size,
    raterCount: raters.size,
    labelCount: labelNames.length,
    task,
    rater,
    label,
  };
}

/**
 * Share of each label among a task's responses, task by task (taskCount x labelCount); uniform where no rater answered.
 * @example
 * voteShares(indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'B'], ['cem', 'q1', 'B']])); // [0.3333, 0.6667]
 */
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
