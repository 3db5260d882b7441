import type { Criterion, Rubric } from '../../../domain/rubric.ts';
import { fenceRule } from './fence.ts';

const modes = {
  pairwise: 'You are an impartial judge. You compare two responses to the same prompt.',
  pointwise: 'You are an impartial judge. You score one response to a prompt.',
  listwise: 'You are an impartial judge. You rank several responses to the same prompt.',
} as const;

const fairness = {
  pairwise:
    'The order of the responses, their length and their tone say nothing about their quality. Judge what they do.',
  pointwise: 'The length of the response and its tone say nothing about its quality. Judge what it does.',
  listwise:
    'The order of the responses, their length and their tone say nothing about their quality. Judge what they do.',
} as const;

/** The criteria that apply to an item of this category. */
export function criteriaFor(rubric: Rubric, category: string | null | undefined): readonly Criterion[] {
  return rubric.criteria.filter(
    ({ categories }) => categories === undefined || (category != null && categories.includes(category)),
  );
}

/** The stable part of a prompt: task, instructions, criteria and answer format. */
export function rubricText(rubric: Rubric, criteria: readonly Criterion[], answerForm: string): string {
  const parts = [
    modes[rubric.mode],
    ...(rubric.description === '' ? [] : [`Purpose: ${rubric.description.trim()}`]),
    ...(rubric.instructions === undefined ? [] : [rubric.instructions.trim()]),
    `${criteria.length === 1 ? 'Judge by this criterion' : 'Judge by these criteria, weighed as given'}:\n${criteria.map((each) => criterionText(each, criteria)).join('\n')}`,
    fairness[rubric.mode],
    ...(rubric.reference === 'none'
      ? []
      : ['Where a reference answer is given, it is correct; a response may be right in other words.']),
    fenceRule,
    answerForm,
  ];
  return parts.join('\n\n');
}

function criterionText(criterion: Criterion, all: readonly Criterion[]): string {
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  const share = all.length === 1 ? '' : ` (${Math.round((100 * criterion.weight) / total)} %)`;
  const anchors = Object.entries(criterion.anchors ?? {}).sort((a, b) => Number(a[0]) - Number(b[0]));
  const lines = anchors.map(([score, meaning]) => `  ${score}: ${meaning.trim()}`);
  return [`- ${criterion.id}${share}: ${criterion.description.trim()}`, ...lines].join('\n');
}
