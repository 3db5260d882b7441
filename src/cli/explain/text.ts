import type { ExplainedTask, Explanation } from '../../app/explain-item.ts';
import { asMessages } from '../../domain/message.ts';
import type { Preference } from '../../domain/preference.ts';
import type { Vote } from '../../domain/vote.ts';
import type { StoredReply } from '../../ports/reply-cache.ts';
import { dollars } from '../../reports/text/amounts.ts';

const shortText = 400;

/** @param full shows texts in full */
export function explanationLines(explanation: Explanation, full: boolean): string[] {
  const { item, preferences, tasks, joined, basis } = explanation;
  const text = (content: string) => indented(full ? content : shortened(content));
  const prompt = item.prompt === null ? [] : asMessages(item.prompt);
  return [
    `item ${visible(item.id)}`,
    ...prompt.flatMap(({ role, content }) => [`  ${role}:`, text(content)]),
    ...item.candidates.flatMap((candidate) => [
      `  candidate ${candidate.id}${candidate.model ? ` (${candidate.model})` : ''}:`,
      text(candidate.text ?? '(text unknown)'),
    ]),
    '',
    ...(preferences.length === 0
      ? ['No preferences yet: finish the run.']
      : preferences.flatMap((preference) => preferenceLines(preference))),
    ...(basis === 'uncalibrated' ? ['The probabilities are uncalibrated: no labels support them.'] : []),
    ...tasks.flatMap((task) => taskLines(task, text)),
    ...(joined.length === 0 ? [] : ['', 'recorded votes that the job adds:', ...joined.map(voteLine)]),
  ];
}

function preferenceLines({ chosen, rejected, probability, status, reasons, votes }: Preference): string[] {
  return [
    `${chosen} over ${rejected}: probability ${probability.toFixed(3)}, ${status}`,
    `  votes: ${votes.for_chosen} for, ${votes.for_rejected} against, ${votes.tie} tie, ${votes.flipped} flipped, ${votes.abstain} abstained, ${votes.error} failed`,
    ...reasons.map((reason) => `  ${reason}`),
  ];
}

function taskLines(task: ExplainedTask, text: (content: string) => string): string[] {
  const weight = task.weight === null ? 'no weight' : `weight ${task.weight}`;
  const cost = task.cost_usd === null ? 'cost unknown' : dollars(task.cost_usd);
  return [
    '',
    `${task.rater} · ${task.task} · ${weight} · ${cost}`,
    ...task.votes.map(voteLine),
    ...task.calls.flatMap((call) => callLines(call, text)),
  ];
}

function voteLine(vote: Vote): string {
  const parts = [`  ${vote.rater}: ${vote.outcome}`];
  if (vote.kind === 'pairwise') {
    parts.push(`shown ${vote.shown.join(' then ')}`);
    if (vote.preferred !== undefined) parts.push(`preferred ${vote.preferred}`);
  } else if (vote.kind === 'pointwise') {
    parts.push(`candidate ${vote.candidate}${vote.criterion === undefined ? '' : ` by ${vote.criterion}`}`);
    if (vote.score !== undefined) parts.push(`score ${vote.score}`);
  } else if (vote.ranking !== undefined) {
    parts.push(`ranking ${vote.ranking.map((level) => level.join(' = ')).join(' > ')}`);
  }
  if (vote.probability !== undefined) parts.push(`probability ${vote.probability.toFixed(3)}`);
  if (vote.veto === true) parts.push('veto');
  if (vote.reason !== undefined) parts.push(oneLine(vote.reason));
  return parts.join(' · ');
}

function callLines(call: StoredReply, text: (content: string) => string): string[] {
  const { usage, finish, finishGiven, place, elsewhere = [] } = call.reply;
  const tokens = usage === null ? '' : ` · ${usage.input} tokens in, ${usage.output} out`;
  return [
    `  call ${call.key.slice(0, 12)} · ${call.provider}/${call.model} · ${call.at}${tokens}`,
    ...call.request.messages.flatMap(({ role, content }) => [`    ${role}:`, text(content)]),
    `    reply (${oneLine(finishGiven ?? finish)})${place === undefined ? '' : `, read from ${oneLine(place)}`}:`,
    text(call.reply.text),
    ...elsewhere.flatMap((other) => [`    not read, in ${oneLine(other.place)}:`, text(other.text)]),
  ];
}

/** Texts are hostile: a terminal must not obey what stands in them. */
function visible(content: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return content.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) =>
    JSON.stringify(character).slice(1, -1),
  );
}

function indented(content: string): string {
  return visible(content)
    .split('\n')
    .map((each) => `      ${each}`)
    .join('\n');
}

function shortened(content: string): string {
  return content.length > shortText
    ? `${content.slice(0, shortText)}… (${content.length} characters; --full shows all)`
    : content;
}

function oneLine(text: string): string {
  const flat = visible(text.replace(/\s+/g, ' ').trim());
  return flat.length > 160 ? `${flat.slice(0, 160)}…` : flat;
}
