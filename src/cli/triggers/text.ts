import type { Firing } from '../../domain/firing.ts';
import { storyOfFiring } from '../../loop/schedule/act-on-firing.ts';
import type { Assessment } from '../../loop/triggers/assess-triggers.ts';
import { textTable } from '../../reports/text/text-table.ts';

export function triggerTable(assessments: readonly Assessment[]): string {
  const number = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(3))));
  return textTable(assessments, [
    { title: 'trigger', text: ({ trigger }) => trigger },
    { title: 'status', text: ({ status }) => status.replaceAll('_', ' ') },
    { title: 'value', right: true, text: ({ evidence }) => number(evidence.value) },
    { title: 'bound', right: true, text: ({ evidence }) => number(evidence.bound) },
    { title: 'limit', right: true, text: ({ evidence }) => number(evidence.over) },
    { title: 'n', right: true, text: ({ evidence }) => String(evidence.n) },
    { title: 'unit', text: ({ evidence }) => evidence.unit },
    { title: 'action', text: ({ action }) => action },
  ]);
}

export function historyLines(firings: readonly Firing[]): string[] {
  return firings.map((firing) => {
    const { outcome } = firing;
    const what = outcome.status === 'pending' ? 'pending' : `${outcome.status}: ${outcome.what}`;
    return `${firing.at}  ${storyOfFiring(firing)}; ${what}`;
  });
}
