import type { Disagreement } from './agreement-report.ts';
import { type AnswerBook, type Question, valueOfAnswer } from './answer-book.ts';
import { labelOf, plurality } from './reference-answers.ts';

const maxListed = 100;

/**
 * Questions on which most judges contradict the label, the clearest first: by the margin of the judges, then by the
 * agreement of the human raters. A judge without an opinion counts as undecided.
 */
export function listDisagreements(
  book: AnswerBook,
  questions: readonly Question[],
  judges: ReadonlySet<number>,
): { readonly listed: Disagreement[]; readonly total: number } {
  const found: { readonly disagreement: Disagreement; readonly margin: number; readonly order: number }[] =
    [];
  questions.forEach((question, order) => {
    const label = labelOf(book, question)?.value ?? null;
    if (label === null || (question.kind === 'pair' && label === 0)) return;
    const values = [...question.answers]
      .filter(([rater]) => judges.has(rater))
      .map(([, answer]) => valueOfAnswer(answer));
    const opinions = values.filter((value) => value !== null && !(question.kind === 'pair' && value === 0));
    // this list counts raters, not weights
    const panel = plurality(opinions.map((value) => ({ value: value!, weight: 1 })))?.value ?? null;
    if (panel === null || panel === label) return;
    const against = opinions.filter((value) => value === panel).length;
    const agreeing = opinions.filter((value) => value === label).length;
    if (against <= agreeing) return;
    const human = [...question.labels]
      .filter(([rater]) => book.raters[rater]!.kind === 'human')
      .map(([, answer]) => valueOfAnswer(answer))
      .filter((value) => value !== null);
    const forLabel = human.filter((value) => value === label).length;
    found.push({
      order,
      margin:
        (against - agreeing) / values.length + (human.length === 0 ? 0 : forLabel / human.length) / 1000,
      disagreement: {
        item: question.item,
        about: question.kind === 'pair' ? [question.x, question.y] : [question.candidate],
        category: question.category,
        label: nameOf(question, label),
        panel: nameOf(question, panel),
        judges_for_label: agreeing,
        judges_against: opinions.length - agreeing,
        judges_undecided: values.length - opinions.length,
        human_for_label: forLabel,
        human: human.length,
      },
    });
  });
  found.sort((a, b) => b.margin - a.margin || a.order - b.order);
  return { listed: found.slice(0, maxListed).map(({ disagreement }) => disagreement), total: found.length };
}

function nameOf(question: Question, value: number): string {
  if (question.kind === 'score') return String(value);
  return value > 0 ? question.x : question.y;
}
