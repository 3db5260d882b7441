import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MethodEffect } from '../../src/app/method-effects.ts';
import type { Preference } from '../../src/domain/preference.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, rubricYaml, Workspace } from '../support/workspace.ts';

const items = Array.from({ length: 16 }, (_, index) => ({
  id: `i${index}`,
  prompt: `Tell me about bridge ${index}.`,
  context: [`Bridge ${index} has two towers.`],
  candidates: [
    {
      id: 'a',
      text: `Bridge ${index} has ${index % 4 === 0 ? 'three' : 'two'} towers.${index % 3 === 0 ? ' TODO' : ''}`,
    },
    { id: 'b', text: `Bridge ${index} has ${index % 5 === 0 ? 'five' : 'two'} towers, they say.` },
  ],
}));

describe('what each method changed', () => {
  let workspace: Workspace;
  let fake: FakeProvider;

  beforeEach(async () => {
    // verdicts that stay when the order is swapped: right about odd bridges, the constitution about every third
    fake = await startFakeProvider({
      behave: ({ prompt }) => {
        const number = Number(/bridge (\d+)/.exec(prompt)![1]);
        const isSecondFirst = prompt.indexOf('they say') < prompt.lastIndexOf('towers.');
        if (prompt.includes('Decide whether')) return '{"reason":"r","score":1}';
        const wantsB = prompt.includes('Answer this one') ? number % 3 === 0 : number % 2 === 0;
        return JSON.stringify({ reason: 'r', verdict: wantsB === isSecondFirst ? 'A' : 'B' });
      },
    });
    workspace = new Workspace();
    workspace.write('rubric.yaml', rubricYaml('json'));
    workspace.writeJsonLines('items.jsonl', items);
  });

  afterEach(async () => {
    workspace.remove();
    await fake.close();
  });

  const run = async (out: string, skip: string) => {
    const more = [
      'rules: [{ id: no-todo, check: mentions, none: [TODO] }]',
      'facts: { refuted: veto }',
      'constitution: { files: honesty, principles_per_pair: 1, samples: 1 }',
      `out: ${out}`,
      skip,
    ].join('\n');
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more }));
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect({ code, err }).toMatchObject({ code: 0 });
    const lines = workspace.read(`${out}/preferences.jsonl`).trimEnd().split('\n');
    const preferences = lines.map((line) => JSON.parse(line) as Preference);
    return { preferences, report: JSON.parse(workspace.read(`${out}/report.json`)), err };
  };

  it('is what a run without it finds, and costs what was paid for it', async () => {
    const whole = await run('whole', '');
    const methods = whole.report.methods as readonly MethodEffect[];
    expect(methods.map(({ kind }) => kind)).toEqual(['llm', 'constitution', 'rule', 'fact']);
    const paid = methods.reduce((sum, { cost_usd }) => sum + cost_usd, 0);
    expect(paid).toBeCloseTo(fake.ledger.counts.usd, 9);
    expect(methods.filter(({ kind }) => kind === 'rule' || kind === 'fact')).toMatchObject([
      { cost_usd: 0 },
      { cost_usd: 0 },
    ]);
    const seen = { flipped: 0, accepted: 0, stopped: 0 };
    for (const { kind, ...effect } of methods) {
      const without = await run(kind, `skip: [${kind}]`);
      const kinds = (without.report.raters as readonly Pick<MethodEffect, 'kind'>[]).map(
        (rater) => rater.kind,
      );
      expect(kinds).not.toContain(kind);
      const pairs = whole.preferences.map((one) => ({
        one,
        other: without.preferences.find(({ item }) => item === one.item),
      }));
      const flipped = pairs.filter(
        ({ one, other }) =>
          other !== undefined &&
          one.probability > 0.5 &&
          other.probability > 0.5 &&
          one.chosen !== other.chosen,
      ).length;
      const accepted = ({ status }: Partial<Preference> = {}) => status === 'accepted';
      const gained = pairs.filter(({ one, other }) => accepted(one) && !accepted(other)).length;
      const stopped = pairs.filter(({ one, other }) => !accepted(one) && accepted(other)).length;
      expect(effect, kind).toMatchObject({
        items_flipped: flipped,
        pairs_accepted_by_it: gained,
        pairs_stopped_by_it: stopped,
      });
      const votes = workspace.votes('whole/votes.jsonl').filter(({ rater_kind }) => rater_kind === kind);
      expect(effect.votes).toBe(votes.length);
      seen.flipped += flipped;
      seen.accepted += gained;
      seen.stopped += stopped;
    }
    // the comparison says nothing where nothing changes
    expect(seen.flipped).toBeGreaterThan(0);
    expect(seen.stopped).toBeGreaterThan(0);
    // the judge prefers "a" of odd bridges, and every vote of it is a lean
    const final = new Map(whole.preferences.map(({ item, chosen }) => [item, chosen]));
    const agreeing = items.filter(({ id }, index) => final.get(id) === (index % 2 === 0 ? 'b' : 'a')).length;
    expect(methods[0]).toMatchObject({ pairs_with_a_lean: 16, agreement: agreeing / 16 });
  });
});
