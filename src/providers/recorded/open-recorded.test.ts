import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { never, requestOf, specOf } from '../../../test/support/chat-model.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { JudgeTask } from '../../ports/chat-model.ts';
import { openModel } from '../index.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

async function recorded(...lines: readonly object[]) {
  const file = join(folder, 'replies.jsonl');
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return openModel(specOf('recorded', { model: file }), {});
}

function task(...shown: readonly string[]): JudgeTask {
  return { item: { id: 'i1' }, shown: shown.map((id) => ({ id, text: '' })) } as unknown as JudgeTask;
}

describe('a recorded model', () => {
  it('answers by item and order', async () => {
    const model = await recorded(
      { item: 'i1', shown: ['a', 'b'], text: '[[A]]', model: 'gpt-4', input_tokens: 9, output_tokens: 2 },
      { item: 'i1', shown: ['b', 'a'], text: '[[B]]', finish: 'length' },
    );
    const ask = (...shown: string[]) =>
      model.complete(requestOf('?', { task: task(...shown) }), { signal: never });
    expect(await ask('a', 'b')).toEqual({
      text: '[[A]]',
      finish: 'stop',
      modelAnswered: 'gpt-4',
      usage: { input: 9, output: 2 },
    });
    expect(await ask('b', 'a')).toMatchObject({ text: '[[B]]', finish: 'length', usage: null });
  });

  it('does not take the answer to one question for that to another about the same responses', async () => {
    const model = await recorded(
      { item: 'i1', shown: ['a', 'b'], text: 'by the rubric' },
      { item: 'i1', shown: ['a', 'b'], criterion: 'honest', text: 'by the principle' },
    );
    const ask = (principle?: string) =>
      model.complete(requestOf('?', { task: { ...task('a', 'b'), ...(principle && { principle }) } }), {
        signal: never,
      });
    expect((await ask()).text).toBe('by the rubric');
    expect((await ask('honest')).text).toBe('by the principle');
    await expect(ask('kind')).rejects.toMatchObject({ kind: 'bad_request' });
  });

  it('answers by the exact messages and the sample', async () => {
    const messages = [{ role: 'user', content: 'Which?' }];
    const model = await recorded({ messages, text: 'first' }, { messages, sample: 1, text: 'second' });
    expect((await model.complete(requestOf('Which?'), { signal: never })).text).toBe('first');
    expect((await model.complete(requestOf('Which?', { sample: 1 }), { signal: never })).text).toBe('second');
  });

  it('never guesses', async () => {
    const model = await recorded({ item: 'i1', shown: ['a', 'b'], text: '[[A]]' });
    const asked = model.complete(requestOf('?', { task: task('b', 'a') }), { signal: never });
    await expect(asked).rejects.toMatchObject({
      kind: 'bad_request',
      hint: expect.stringContaining('order'),
    });
  });

  it('names the line that is no reply', async () => {
    const model = await recorded(
      { item: 'i1', shown: ['a', 'b'], text: 'x' },
      { item: 'i1', shown: ['a', 'b'] },
    );
    await expect(model.complete(requestOf('?'), { signal: never })).rejects.toThrow(
      /replies\.jsonl:2: "text"/,
    );
  });
});
