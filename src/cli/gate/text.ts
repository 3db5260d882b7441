import type { GateCriterionResult, GateResult } from '../../domain/gate.ts';
import {
  answerWords,
  basisWords,
  countWords,
  headline,
  methodWords,
  nameOf,
  reachWords,
  wanted,
  withBounds,
} from '../../reports/gate/gate-words.ts';
import { oneLine, textTable } from '../../reports/text/text-table.ts';

/** The summary for a terminal; control characters of ids and models do not get through. */
export function gateText(result: GateResult): string {
  const { criteria, floors, regressions, reasons, warnings, alpha } = result;
  const lines = [
    headline(result),
    ...reasons.map((reason) => `  ${reason}`),
    '',
    ...textTable(criteria, [
      { title: 'criterion', text: (one) => oneLine(nameOf(one)) },
      { title: 'answer', text: ({ answer }) => answerWords[answer] },
      { title: `improvement [${Math.round((1 - 2 * alpha) * 100)} % interval]`, text: withBounds },
      { title: 'wanted', text: wanted },
      { title: 'items', right: true, text: ({ items }) => String(items) },
      { title: 'clusters', right: true, text: clustersOf },
    ]).split('\n'),
    ...criteria.flatMap((one) =>
      [methodWords(one), reachWords(one)].flatMap((words) =>
        words === '' ? [] : [`  ${nameOf(one)}: ${words}`],
      ),
    ),
    ...(floors.length === 0
      ? []
      : ['', ...floors.map(({ id, answer, reason }) => `floor ${id}: ${answerWords[answer]}, ${reason}`)]),
    ...(regressions.length === 0
      ? []
      : [
          '',
          'worst items:',
          ...regressions.map(
            ({ item, criterion, reasons: why }) => `  - ${item}: ${[criterion, ...why].join('; ')}`,
          ),
        ]),
    '',
    ...countWords(result),
    ...basisWords(result),
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
  return lines.map(oneLine).join('\n');
}

function clustersOf({ clusters, items }: GateCriterionResult): string {
  return clusters === items ? '' : String(clusters);
}
