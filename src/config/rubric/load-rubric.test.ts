import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallRubric } from '../../../test/support/load-job.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { shippedIds } from '../yaml/shipped-files.ts';
import { loadRubric } from './load-rubric.ts';

const shipped = await shippedIds('rubrics');

test('at least six rubrics are shipped', () => {
  expect(shipped.length).toBeGreaterThanOrEqual(6);
});

test.each(shipped)(
  '%s has anchors for every score of its scale, so that it also works pointwise',
  async (id) => {
    const rubric = await loadRubric(id);
    expect(rubric.id).toBe(id);
    expect(rubric.reasoning).not.toBeNull();
    expect(rubric.instructions).toMatch(/length/i);
    for (const criterion of rubric.criteria) {
      expect(Object.keys(criterion.anchors ?? {}), criterion.id).toEqual(['1', '2', '3', '4', '5']);
    }
  },
);

const prometheus = `criteria: Is the model proficient in applying empathy to its responses?
score1_description: It neglects feelings.
score2_description: It sometimes notices feelings.
score3_description: It usually notices feelings.
score4_description: It notices and answers feelings.
score5_description: It answers feelings with insight.
`;

test.each(['empathy.yaml', 'empathy.json'])(
  'a rubric in the shape of Prometheus loads without edits: %s',
  async (name) => {
    const fields = prometheus
      .trim()
      .split('\n')
      .map((row) => row.split(': ') as [string, string]);
    const content = name.endsWith('.json') ? JSON.stringify(Object.fromEntries(fields)) : prometheus;
    const folder = tempFolder({ [name]: content });
    expect(await loadRubric(`./${name}`, folder)).toMatchObject({
      id: 'empathy',
      mode: 'pointwise',
      scale: [1, 5],
      criteria: [
        {
          description: fields[0]![1],
          anchors: { 1: 'It neglects feelings.', 5: 'It answers feelings with insight.' },
        },
      ],
    });
  },
);

test('a missing score of a Prometheus rubric is named', async () => {
  const folder = tempFolder({ 'e.yaml': prometheus.replace('score4', 'scor4') });
  await expect(loadRubric('./e.yaml', folder)).rejects.toMatchObject({
    mistakes: [
      { line: 1, message: expect.stringContaining('score4_description is missing') },
      { line: 5, column: 1, hint: 'did you mean "score4_description"?' },
    ],
  });
});

test('anchors must be on the scale', async () => {
  const folder = tempFolder({ 'r.yaml': `${smallRubric}    anchors:\n      1: bad\n      7: good\n` });
  await expect(loadRubric('./r.yaml', folder)).rejects.toMatchObject({
    mistakes: [{ line: 8, column: 7, message: expect.stringContaining('not on the scale 1 to 5') }],
  });
});

test('a verdict format must fit the mode', async () => {
  const folder = tempFolder({ 'r.yaml': `${smallRubric}verdict: rating\n` });
  await expect(loadRubric('./r.yaml', folder)).rejects.toMatchObject({
    mistakes: [{ line: 6, path: 'verdict', hint: expect.stringContaining('json') }],
  });
});

test('reasoning can be switched off', async () => {
  const folder = tempFolder({ 'r.yaml': `${smallRubric}reasoning: false\n` });
  expect((await loadRubric(join(folder, 'r.yaml'))).reasoning).toBeNull();
});

test('a rubric whose criteria are a text is read as a rubric of ours, unless it describes scores', async () => {
  const text = 'id: pit\nmode: Pairwise\ncriteria: Is it useful?\n';
  const folder = tempFolder({
    'ours.yaml': text,
    'theirs.yaml': 'criteria: Is it useful?\nscore1_description: No.\n',
  });
  const messages = async (name: string) => {
    const error = await loadRubric(join(folder, name)).catch((thrown: unknown) => thrown);
    return (error as { mistakes: { message: string }[] }).mistakes.map(({ message }) => message).join('\n');
  };
  expect(await messages('ours.yaml')).toContain('criteria must be a list, received "Is it useful?"');
  expect(await messages('ours.yaml')).toContain('mode must be one of');
  expect(await messages('ours.yaml')).not.toContain('score1_description');
  expect(await messages('theirs.yaml')).toContain('score2_description is missing');
});
