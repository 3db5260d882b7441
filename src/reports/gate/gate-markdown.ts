import type { GateRegression, GateResult } from '../../domain/gate.ts';
import { asMessages } from '../../domain/message.ts';
import type { PairedItem } from '../../gate/evaluation/paired-item.ts';
import {
  basisWords,
  countWords,
  headline,
  methodWords,
  modelName,
  nameOf,
  reachWords,
  wanted,
  withBounds,
} from './gate-words.ts';

const icons = { pass: '✅', fail: '❌', inconclusive: '❔' } as const;
/** A comment on a pull request holds 65,536 characters. */
const longestText = 1500;
const longestReport = 60_000;

/** The verdict for a pull request: regressions first, with both responses, then the numbers. */
export function gateMarkdown(result: GateResult, items: readonly PairedItem[]): string {
  const byId = new Map(items.map((item) => [item.id, item]));
  const head = [
    `## ${icons[result.answer]} ${inline(headline(result))}`,
    '',
    ...result.reasons.map((reason) => `- ${inline(reason)}`),
    '',
  ];
  const tail = [
    '### Criteria',
    '',
    `| criterion | answer | improvement [${Math.round((1 - 2 * result.alpha) * 100)} % interval] | wanted | items |`,
    '|---|---|---|---|---|',
    ...result.criteria.map(
      (one) =>
        `| ${inline(nameOf(one))} | ${icons[one.answer]} ${one.answer} | ${withBounds(one)} | ${wanted(one)} | ${one.items} |`,
    ),
    ...result.floors.map(
      ({ id, answer, reason, candidate }) =>
        `| floor ${inline(id)} | ${icons[answer]} ${answer} | ${inline(reason)} | | ${candidate.checked} |`,
    ),
    '',
    ...result.criteria.flatMap((one) =>
      [methodWords(one), reachWords(one)].flatMap((words) =>
        words === '' ? [] : [`- ${inline(`${nameOf(one)}: ${words}`)}`],
      ),
    ),
    ...[...countWords(result), ...basisWords(result)].map((words) => `- ${inline(words)}`),
    ...result.warnings.map((warning) => `- ⚠️ ${inline(warning)}`),
    '',
  ];
  const room = longestReport - [...head, ...tail].join('\n').length;
  return [...head, ...regressionLines(result, byId, room), ...tail].join('\n');
}

/** As many as fit; the number of omitted ones is stated. */
function regressionLines(result: GateResult, byId: ReadonlyMap<string, PairedItem>, room: number): string[] {
  const { regressions } = result;
  if (regressions.length === 0) return [];
  const lines = ['### Worst items', ''];
  let left = room;
  for (const [index, regression] of regressions.entries()) {
    const text = details(regression, byId.get(regression.item), result);
    left -= text.length;
    if (left < 0) {
      lines.push(`${regressions.length - index} more do not fit here: see the JSON report.`, '');
      break;
    }
    lines.push(text, '');
  }
  return lines;
}

function details(
  { item: id, criterion, reasons }: GateRegression,
  item: PairedItem | undefined,
  result: GateResult,
): string {
  const [candidate, baseline] = item?.candidates ?? [];
  return [
    `<details><summary>${html(id)}: ${html(criterion)}</summary>`,
    '',
    ...reasons.map((reason) => `- ${inline(reason)}`),
    ...block('Prompt', promptText(item)),
    ...block(`Candidate (${modelName(result.candidate)})`, candidate?.text),
    ...block(`Baseline (${modelName(result.baseline)})`, baseline?.text),
    '',
    '</details>',
  ].join('\n');
}

export function promptText(item: PairedItem | undefined): string | null {
  if (item?.prompt == null) return null;
  if (typeof item.prompt === 'string') return item.prompt;
  return asMessages(item.prompt)
    .map(({ role, content }) => `${role}: ${content}`)
    .join('\n\n');
}

/** A text inside a fence that is longer than any run of backticks in it: nothing in it is read as Markdown. */
function block(title: string, text: string | null | undefined): string[] {
  if (text == null) return [];
  const shown = text.length > longestText ? `${text.slice(0, longestText).toWellFormed()}…` : text;
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return ['', `**${inline(title)}**`, '', `${fence}text`, shown, fence];
}

/** Text on one line, escaped for Markdown and HTML. */
function inline(text: string): string {
  return html(text.replace(/[\\`*_{}[\]()#+!~|]/g, '\\$&'));
}

/** Text on one line, escaped for HTML; without mentions, links or bidirectional controls. */
function html(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/@|:\/\//g, (sign) => `${sign[0]}\u200b${sign.slice(1)}`);
}
