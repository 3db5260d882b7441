import { describe, expect, it } from 'vitest';
import { type FormatName, formatNames } from '../../domain/export-spec.ts';
import type { ChatMessage } from '../../domain/message.ts';
import type {
  CompletionExample,
  Example,
  ExampleMeta,
  PreferenceExample,
  RankingExample,
} from '../example.ts';
import { formatFor } from './index.ts';
import { llamaFactoryEntry } from './llama-factory.ts';

const meta: ExampleMeta = {
  id: 'i:a>b',
  item: 'i',
  category: null,
  cluster: null,
  source: 'ai',
  probability: 0.9,
  basis: 'calibrated',
  candidates: ['a', 'b'],
  models: ['m1', null],
};
const user: readonly ChatMessage[] = [{ role: 'user', content: 'Q' }];
const dialogue: readonly ChatMessage[] = [
  { role: 'system', content: 'S' },
  { role: 'user', content: 'Q1' },
  { role: 'assistant', content: 'A1' },
  { role: 'user', content: 'Q2' },
];
const tools: readonly ChatMessage[] = [
  { role: 'user', content: 'weather?' },
  { role: 'assistant', content: '', tool_calls: [{ id: 'c1' }] },
  { role: 'tool', content: '21 C', tool_call_id: 'c1' },
];
const pair = (prompt: readonly ChatMessage[]): PreferenceExample => ({
  kind: 'preference',
  prompt,
  chosen: 'good',
  rejected: 'bad',
  margin: 2,
  meta,
});
const completion = (prompt: readonly ChatMessage[], label = true): CompletionExample => ({
  kind: 'completion',
  prompt,
  completion: 'good',
  label,
  meta,
});
const ranking: RankingExample = {
  kind: 'ranking',
  prompt: user,
  answers: [
    { text: 'good', rank: 1, score: 0.9, model: 'm1' },
    { text: 'bad', rank: 2, score: 0.1, model: null },
  ],
  meta,
};
const row = (
  name: FormatName,
  example: Example,
  kind: 'preference' | 'reward' | 'kto' | 'sft' | 'ranking' = 'preference',
) => formatFor(name, kind).row(example);

/**
 * The rules of LLaMA-Factory's ShareGPT reader, in our words: users and observations at even indices, the model and
 * its calls at odd ones; an odd number of turns for pairs, an even one else; every named column in every row.
 */
function shareGptFault(made: unknown, entry: Record<string, unknown>): string | null {
  const record = made as Record<string, unknown>;
  const columns = entry.columns as Record<string, string>;
  for (const column of Object.values(columns)) if (!(column in record)) return `column ${column} is missing`;
  if (entry.tags !== undefined) return 'tags would unset the defaults';
  const turns = record[columns.messages!] as { from: string; value: unknown }[];
  const accepted = [
    ['human', 'observation'],
    ['gpt', 'function_call'],
  ];
  for (const [index, turn] of turns.entries()) {
    if (!accepted[index % 2]!.includes(turn.from) || typeof turn.value !== 'string')
      return `turn ${index} is ${turn.from}`;
  }
  if (turns.length % 2 !== (entry.ranking === true ? 1 : 0)) return `${turns.length} turns`;
  const answers = entry.ranking === true ? [record.chosen, record.rejected] : [];
  return (answers as { from: string }[]).every((answer) => accepted[1]!.includes(answer.from))
    ? null
    : 'answer role';
}

describe('dataset formats', () => {
  it('openai: exactly one assistant message on each side', () => {
    expect(row('openai', pair(dialogue))).toEqual({
      input: { messages: dialogue, tools: [], parallel_tool_calls: true },
      preferred_output: [{ role: 'assistant', content: 'good' }],
      non_preferred_output: [{ role: 'assistant', content: 'bad' }],
    });
    expect(row('openai', completion(user), 'sft')).toEqual({
      messages: [...user, { role: 'assistant', content: 'good' }],
    });
  });

  it('axolotl: chosen and rejected are objects', () => {
    expect(row('axolotl', pair(user))).toEqual({
      messages: user,
      chosen: { role: 'assistant', content: 'good' },
      rejected: { role: 'assistant', content: 'bad' },
    });
    expect(row('axolotl', completion(user, false), 'kto')).toEqual({
      prompt: 'Q',
      completion: 'good',
      label: false,
    });
    expect(row('axolotl', pair(tools))).toBe('axolotl_drops_tool_calls');
    expect(row('axolotl', completion(dialogue), 'kto')).toBe('prompt_is_a_conversation');
  });

  it('llama-factory: system becomes a column, users and tools stand at odd places', () => {
    expect(row('llama-factory', pair(dialogue))).toEqual({
      conversations: [
        { from: 'human', value: 'Q1' },
        { from: 'gpt', value: 'A1' },
        { from: 'human', value: 'Q2' },
      ],
      system: 'S',
      chosen: { from: 'gpt', value: 'good' },
      rejected: { from: 'gpt', value: 'bad' },
    });
    expect(row('llama-factory', pair(tools))).toMatchObject({
      conversations: [
        { from: 'human' },
        { from: 'function_call', value: '[{"id":"c1"}]' },
        { from: 'observation' },
      ],
    });
    expect(row('llama-factory', pair([...user, ...user]))).toBe('roles_do_not_alternate');
  });

  it('llama-factory: rows and dataset_info.json pass the rules of its ShareGPT reader', () => {
    const examples = [pair(user), pair(dialogue), pair(tools)];
    for (const example of examples) {
      expect(
        shareGptFault(row('llama-factory', example), llamaFactoryEntry('train.jsonl', 'preference', false)),
      ).toBeNull();
    }
    for (const label of [true, false]) {
      const made = row('llama-factory', completion(dialogue, label), 'kto');
      expect(shareGptFault(made, llamaFactoryEntry('train.jsonl', 'completion', true))).toBeNull();
      expect(made).toMatchObject({ kto_tag: label });
    }
  });

  it('bedrock: two labelled candidates in the last turn; tools cannot be said', () => {
    expect(row('bedrock', pair(dialogue))).toMatchObject({
      schemaVersion: 'bedrock-conversation-2024',
      system: [{ text: 'S' }],
      messages: [
        { role: 'user', content: [{ text: 'Q1' }] },
        { role: 'assistant' },
        { role: 'user' },
        {
          role: 'assistant',
          candidates: [
            { content: [{ text: 'good' }], preferenceLabel: 'preferred' },
            { content: [{ text: 'bad' }], preferenceLabel: 'non-preferred' },
          ],
        },
      ],
    });
    expect(row('bedrock', pair(tools))).toBe('bedrock_has_no_tool_turns');
  });

  it('trl-text: completions bring the space between prompt and answer; one user turn only', () => {
    expect(row('trl-text', pair(user))).toEqual({ prompt: 'Q', chosen: ' good', rejected: ' bad' });
    expect(row('trl-text', pair(dialogue))).toBe('prompt_is_a_conversation');
  });

  it('trl reward: whole conversations and a margin', () => {
    expect(row('trl', pair(user), 'reward')).toEqual({
      chosen: [...user, { role: 'assistant', content: 'good' }],
      rejected: [...user, { role: 'assistant', content: 'bad' }],
      margin: 2,
    });
  });

  it('rich rows keep models and scores', () => {
    expect(row('distilabel', pair(user))).toMatchObject({
      chosen_model: 'm1',
      chosen_rating: 0.9,
      rejected_model: null,
    });
    expect(row('ultrafeedback', ranking, 'ranking')).toMatchObject({
      instruction: 'Q',
      models: ['m1', 'unknown'],
      completions: [{ response: 'good', overall_score: 0.9 }, { response: 'bad' }],
    });
    expect(row('plain', pair(user))).toMatchObject({ id: 'i:a>b', chosen: 'good', probability: 0.9 });
  });

  it('every format makes a row of a pair or says why not', () => {
    for (const name of formatNames) {
      const made = row(name, pair(user));
      expect(typeof made === 'string' ? made : Object.keys(made).length).toBeTruthy();
    }
  });
});
