import type { Item } from '../../domain/item.ts';
import type { TimeReading } from '../../domain/row-map.ts';
import { type RaterKind, raterKinds, type Vote } from '../../domain/vote.ts';
import type { JsonRecord } from '../../files/json-record.ts';
import { contentOf, messagesOf, promptOfTurns, textOfTurns } from '../chat.ts';
import { contentId } from '../records.ts';
import { asList, numberOf, present, textOf } from '../values.ts';
import { type MappedRow, show } from './map-row.ts';
import { readTime } from './read-time.ts';

type Problem = { readonly problem: string };

/** The item of mapped fields. @param candidates the mapped rows of each candidate */
export function itemOfFields(
  fields: JsonRecord,
  candidates: readonly MappedRow[],
): { readonly item: Item } | Problem {
  const wrong = candidates.flatMap(({ problems }) => problems)[0];
  if (wrong !== undefined) return { problem: wrong };
  const found: Item['candidates'][number][] = [];
  for (const record of candidates.flatMap(({ records }) => records)) {
    const one = Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name.split('.').at(-1)!, value]),
    );
    if (one.text === undefined) continue;
    const turns = messagesOf(one.text);
    const text =
      turns === null ? (contentOf(one.text) ?? textOf(one.text)) : textOfTurns(turns.slice(leading(turns)));
    if (text === undefined)
      return { problem: `a candidate is neither text nor a conversation: ${show(one.text)}` };
    const id = textOf(one.id) ?? nameOf(found.length);
    found.push(present({ id, text, model: textOf(one.model) }));
  }
  if (found.length === 0) return { problem: 'no candidate has a text' };
  if (new Set(found.map(({ id }) => id)).size < found.length)
    return { problem: 'two candidates have the same id' };
  const turns = messagesOf(fields.prompt);
  if (fields.prompt !== undefined && turns === null && typeof fields.prompt !== 'string')
    return { problem: `prompt is neither text nor a conversation: ${show(fields.prompt)}` };
  const system = textOf(fields.system);
  const asked =
    turns ?? (typeof fields.prompt === 'string' ? [{ role: 'user', content: fields.prompt } as const] : []);
  const prompt = system === undefined ? asked : [{ role: 'system', content: system } as const, ...asked];
  const context =
    typeof fields.context === 'string' && asList(fields.context).length === 0
      ? [fields.context]
      : asList(fields.context);
  const content = {
    prompt: prompt.length === 0 ? null : promptOfTurns(prompt),
    candidates: found,
    ...present({
      reference: textOf(fields.reference),
      category: textOf(fields.category),
      cluster: textOf(fields.cluster),
      context: context.length === 0 ? undefined : context.map(String),
    }),
  };
  return {
    item: {
      id:
        textOf(fields.id) ??
        contentId(
          content.prompt,
          found.map(({ text }) => text),
        ),
      ...content,
    },
  };
}

/** A whole conversation as a response: the response is what follows the last user turn. */
function leading(turns: readonly { readonly role: string }[]): number {
  return turns.findLastIndex(({ role }) => role === 'user' || role === 'system') + 1;
}

function nameOf(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `r${index + 1}`;
}

/** The vote of mapped fields. Nothing is coerced: `true` is no score, an unknown word is no side. */
export function voteOfFields(
  fields: JsonRecord,
  kind: 'votes' | 'labels',
  times: TimeReading,
): { readonly vote: Vote } | Problem {
  const item = textOf(fields.item);
  if (item === undefined) return { problem: 'item has no value' };
  const lists = Object.entries(fields).find(([name, value]) => Array.isArray(value) && name !== 'ranking');
  if (lists !== undefined)
    return { problem: `${lists[0]} is a list; write its path with [] to make one record of each element` };
  const raterKind = textOf(fields.rater_kind) ?? (kind === 'labels' ? 'human' : 'llm');
  if (!raterKinds.includes(raterKind as RaterKind))
    return { problem: `rater_kind ${show(raterKind)} is none of ${raterKinds.join(', ')}` };
  const numbers = numbersOf(fields);
  if ('problem' in numbers) return numbers;
  const time: { readonly at?: string } | Problem = fields.at === undefined ? {} : readTime(fields.at, times);
  if ('problem' in time) return time;
  const { lowest, highest, score, ...more } = numbers.values;
  const common = {
    item,
    rater: textOf(fields.rater) ?? (kind === 'labels' ? 'human' : 'imported'),
    rater_kind: raterKind as RaterKind,
    ...present({
      model: textOf(fields.model),
      criterion: textOf(fields.criterion),
      reason: textOf(fields.reason),
    }),
    ...more,
    ...time,
  };
  if (fields.preferred !== undefined) return pairwise(common, fields);
  if (fields.score !== undefined) {
    const scale = lowest !== undefined && highest !== undefined ? ([lowest, highest] as const) : undefined;
    if (scale !== undefined && (score! < scale[0] || score! > scale[1]))
      return { problem: `score ${score} is not on the scale ${scale[0]} to ${scale[1]}` };
    const candidate = textOf(fields.candidate) ?? 'a';
    return {
      vote: {
        ...common,
        kind: 'pointwise',
        candidate,
        outcome: 'verdict',
        score: score!,
        ...present({ scale }),
      },
    };
  }
  const ranking = asList(fields.ranking).map((rank) =>
    Array.isArray(rank) ? rank.map(String) : [String(rank)],
  );
  if (ranking.length < 2) return { problem: 'the row has neither a preference, a score nor a ranking' };
  return { vote: { ...common, kind: 'listwise', outcome: 'verdict', ranking } };
}

function pairwise(
  common: Omit<Vote, 'kind' | 'outcome'>,
  fields: JsonRecord,
): { readonly vote: Vote } | Problem {
  const shown = [textOf(fields.first) ?? 'a', textOf(fields.second) ?? 'b'] as const;
  if (shown[0] === shown[1]) return { problem: `both candidates are ${show(shown[0])}` };
  const word = textOf(fields.preferred) ?? String(fields.preferred);
  const pair = { ...common, kind: 'pairwise', shown } as const;
  if (word === 'tie' || word === 'abstain') return { vote: { ...pair, outcome: word } as Vote };
  const preferred =
    word === 'first' ? shown[0] : word === 'second' ? shown[1] : shown.find((id) => id === word);
  if (preferred !== undefined) return { vote: { ...pair, outcome: 'verdict', preferred } as Vote };
  return {
    problem: `preferred ${show(word)} is none of first, second, tie, abstain, ${shown.join(', ')}: say in the map's values what it means`,
  };
}

const numeric = ['score', 'lowest', 'highest', 'probability', 'strength', 'weight', 'sample'] as const;

function numbersOf(
  fields: JsonRecord,
): { readonly values: { [K in (typeof numeric)[number]]?: number } } | Problem {
  const values: { [K in (typeof numeric)[number]]?: number } = {};
  for (const name of numeric) {
    if (fields[name] === undefined) continue;
    const number = numberOf(fields[name]);
    if (number === undefined) return { problem: `${name} ${show(fields[name])} is no number` };
    values[name] = number;
  }
  return { values };
}
