import type { GateResult } from '../domain/gate.ts';
import type { PairedItem } from '../gate/evaluation/paired-item.ts';
import { type Markup, nothing, svg } from './figures/figure.ts';
import { promptText } from './gate/gate-markdown.ts';
import {
  answerWords,
  basisWords,
  countWords,
  headline,
  methodWords,
  modelName,
  nameOf,
  reachWords,
  wanted,
  withBounds,
} from './gate/gate-words.ts';
import { htmlPage } from './html-page.ts';

const longestText = 20_000;

/** The whole verdict as one page that loads nothing and runs nothing. */
export function gatePage(result: GateResult, items: readonly PairedItem[]): string {
  const { criteria, floors, reasons, warnings, alpha } = result;
  const interval = `improvement, ${Math.round((1 - 2 * alpha) * 100)} % interval`;
  return htmlPage(
    'Evaluation gate',
    svg`<header><h1>${headline(result)}</h1></header>
<ul id="reasons">${reasons.map((reason) => svg`<li>${reason}</li>`)}</ul>
${regressions(result, items)}
${table(
  'Criteria',
  ['criterion', 'answer', interval, 'wanted', 'items', 'clusters', 'method'],
  criteria.map((one) => [
    nameOf(one),
    answerWords[one.answer],
    withBounds(one),
    wanted(one),
    String(one.items),
    String(one.clusters),
    [one.measured === null ? one.reason : methodWords(one), reachWords(one)]
      .filter((text) => text !== '')
      .join('; '),
  ]),
)}
${
  floors.length === 0
    ? nothing
    : table(
        'Floors',
        ['floor', 'answer', 'seen'],
        floors.map(({ id, answer, reason }) => [id, answerWords[answer], reason]),
      )
}
<section><h2>What was counted</h2><ul>${[...countWords(result), ...basisWords(result)].map((words) => svg`<li>${words}</li>`)}${warnings.map((warning) => svg`<li>Warning: ${warning}</li>`)}</ul></section>
<footer><p>Made by <code>quorate gate</code>. Result ${result.id.slice(0, 16)}.</p></footer>`,
  );
}

function regressions(result: GateResult, items: readonly PairedItem[]): Markup {
  if (result.regressions.length === 0) return nothing;
  const byId = new Map(items.map((item) => [item.id, item]));
  return svg`<section id="regressions"><h2>Worst items</h2>${result.regressions.map(
    ({ item: id, criterion, reasons }) => {
      const item = byId.get(id);
      const [candidate, baseline] = item?.candidates ?? [];
      return svg`<details><summary>${id}: ${[criterion, ...reasons].join('; ')}</summary>
${text('Prompt', promptText(item))}<div class="pair">${text(`Candidate (${modelName(result.candidate)})`, candidate?.text)}${text(`Baseline (${modelName(result.baseline)})`, baseline?.text)}</div></details>`;
    },
  )}</section>`;
}

function text(title: string, value: string | null | undefined): Markup {
  if (value == null) return nothing;
  const shown = value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  return svg`<div><h3>${title}</h3><pre>${shown}</pre></div>`;
}

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const cells = (row: readonly string[]) =>
    row.map((cell, index) => (index === 0 ? svg`<th scope="row">${cell}</th>` : svg`<td>${cell}</td>`));
  return svg`<section><h2>${title}</h2><div class="drawing"><table class="wraps"><thead><tr>${heads.map((head) => svg`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map((row) => svg`<tr>${cells(row)}</tr>`)}</tbody></table></div></section>`;
}
