import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldVote, pairVote, scoreVote } from '../../../test/support/pairwise-votes.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { cohenKappa } from '../../stats/agreement/cohen-kappa.ts';
import type { AgreementReport } from './agreement-report.ts';
import { collectAnswers } from './collect-answers.ts';
import { measureAgreement } from './measure-agreement.ts';
import type { IntervalEstimate } from './resampling.ts';

fc.configureGlobal({ seed: 20261128 });

async function agree(votes: readonly Vote[], labels: readonly Vote[] = [], items: readonly Item[] = []) {
  const book = await collectAnswers({ votes, labels, items });
  return measureAgreement(book, { seed: 1, replicates: 100, epsilon: 0.2, falseDiscoveryRate: 0.05 });
}

const raters = ['j1', 'j2', 'j3'] as const;
type Side = 'a' | 'b' | null;
const sides = fc.constantFrom<Side>('a', 'b', 'a', null);
/** Per item what each rater says. */
const table = fc.array(fc.tuple(sides, sides, sides), { minLength: 4, maxLength: 10 });
const votesOn = (item: string, said: readonly Side[], weight?: number) =>
  said.map((side, rater) =>
    pairVote(item, raters[rater]!, side, 'a', { ...(weight !== undefined && { weight }) }),
  );

/** Every measured number by its place, without those that a test expects to differ. */
function numbersOf(report: AgreementReport, leave: RegExp): Map<string, IntervalEstimate> {
  const found = new Map<string, IntervalEstimate>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || leave.test(path)) return;
    if ('value' in value && 'n' in value) found.set(path, value as IntervalEstimate);
    else for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
  };
  walk(report, '');
  return found;
}

describe('agreement of votes with a weight', () => {
  it('is the same to the last byte whether a weight of 1 is said or not', async () => {
    const said: Side[][] = [
      ['a', 'b', 'a'],
      ['b', 'b', null],
      ['a', 'a', 'a'],
    ];
    const gold = said.map((_, index) => goldVote(`q${index}`, 'a'));
    const plain = await agree(
      said.flatMap((one, index) => votesOn(`q${index}`, one)),
      gold,
    );
    const whole = await agree(
      said.flatMap((one, index) => votesOn(`q${index}`, one, 1)),
      gold.map((vote) => ({ ...vote, weight: 1 })),
    );
    expect(JSON.stringify(whole)).toBe(JSON.stringify(plain));
    expect(plain).not.toHaveProperty('weights');
  });

  it('leaves out votes of weight 0, and counts them as abstentions', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.infiniteStream(fc.boolean()), async (said, mute) => {
        // on the first item everybody speaks, and j3 is never muted: no rater and no question vanishes
        const all = [
          ...votesOn('q', ['a', 'a', 'b']),
          ...said.flatMap((one, index) => votesOn(`q${index}`, one)),
        ];
        const muted = all.map((vote) =>
          vote.item !== 'q' && vote.rater !== 'j3' && mute.next().value ? { ...vote, weight: 0 } : vote,
        );
        const gold = said.map((_, index) => goldVote(`q${index}`, index % 2 === 0 ? 'a' : 'b'));
        const full = await agree(muted, gold);
        const left = await agree(
          muted.filter(({ weight }) => weight !== 0),
          gold,
        );
        const counts = /abstention|warnings/;
        expect(numbersOf(full, counts)).toEqual(numbersOf(left, counts));
        const opinions = muted.filter(({ weight, outcome }) => weight === 0 && outcome === 'verdict').length;
        expect(full.weights?.zero ?? 0).toBe(opinions);
        for (const { rater, votes, abstention_rate } of full.raters) {
          const own = muted.filter((vote) => vote.rater === rater);
          if (own.length === 0) continue;
          const unanswered = own.filter((vote) => vote.outcome === 'abstain' || vote.weight === 0).length;
          expect(votes).toBe(own.length);
          expect(abstention_rate.value).toBeCloseTo(unanswered / own.length, 12);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('takes an item of twice the weight for the item twice', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (said) => {
        const item = (id: string, cluster: string): Item => ({ id, cluster, prompt: 'p', candidates: [] });
        const names = said.map((_, index) => `q${index}`);
        const gold = (names_: readonly string[]) => names_.map((name) => goldVote(name, 'a'));
        const heavy = await agree(
          said.flatMap((one, index) => votesOn(names[index]!, one, index === 0 ? 1 : 0.5)),
          gold(names).map((vote, index) => (index === 0 ? vote : { ...vote, weight: 0.5 })),
          names.map((name) => item(name, name)),
        );
        const twice = await agree(
          [...said.flatMap((one, index) => votesOn(names[index]!, one)), ...votesOn('again', said[0]!)],
          gold([...names, 'again']),
          [...names.map((name) => item(name, name)), item('again', 'q0')],
        );
        // the small-sample factor of alpha, and the least number of units of a correlation, look at how much there is;
        // abstentions are counted; the panel counts pairs; the random rater draws another sequence
        const leave = /alpha|effective|abstention|panel|raters\.3/;
        const [one, other] = [numbersOf(heavy, leave), numbersOf(twice, leave)];
        expect([...one.keys()]).toEqual([...other.keys()]);
        for (const [path, { value, low, high }] of one) {
          const expected = other.get(path)!;
          for (const [got, wanted] of [
            [value, expected.value],
            [low, expected.low],
            [high, expected.high],
          ] as const) {
            if (got === null || wanted === null) expect(got, path).toBe(wanted);
            else expect(got, path).toBeCloseTo(wanted, 9);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('weighs a judge against a light label by the lighter of the two', async () => {
    const votes = [pairVote('q0', 'j', 'a'), pairVote('q1', 'j', 'b'), pairVote('q2', 'j', 'b')];
    const person = (item: string, rater: string, preferred: string, weight: number): Vote => ({
      ...pairVote(item, rater, preferred, 'a', { orders: 'none', weight }),
      rater_kind: 'human',
    });
    const labels = [
      person('q0', 'ann', 'a', 1),
      person('q1', 'ann', 'a', 0.25),
      // one whole opinion outweighs two light ones: b, worth a whole
      person('q2', 'ann', 'b', 1),
      person('q2', 'bob', 'a', 0.4),
      person('q2', 'cem', 'a', 0.4),
    ];
    const report = await agree(votes, labels);
    expect(report.raters[0]!.accuracy).toMatchObject({ value: 2 / 2.25, n: 3 });
    expect(report.weights).toMatchObject({ zero: 0, below_one: 3 });
    expect(report.weights!.not_used_in).toContain('alternative_test');
  });

  it('makes the cross table of kappa of the weights of the lighter of two', async () => {
    const rows: [Side, Side, number, number][] = [
      ['a', 'a', 1, 1],
      ['a', 'a', 0.5, 1],
      ['a', 'b', 1, 0.25],
      ['b', 'b', 1, 0.5],
      ['b', 'b', 0.75, 0.75],
      ['b', 'a', 0.25, 0.5],
    ];
    const votes = rows.flatMap(([one, other, first, second], index) => [
      pairVote(`q${index}`, 'j1', one, 'a', { weight: first }),
      pairVote(`q${index}`, 'j2', other, 'a', { weight: second }),
    ]);
    const { kappa, agreement } = await agree(votes);
    const golden = cohenKappa([
      [1.25, 0.25],
      [0.25, 1.5],
    ]);
    expect(golden.defined && kappa!.cells[1]![0]!.value).toBeCloseTo(
      golden.defined ? golden.value.kappa : 0,
      12,
    );
    expect(agreement[0]!.percent_agreement).toMatchObject({ n: 6, value: 2.75 / 3.25 });
    expect(agreement[0]!.fleiss_kappa.value).not.toBeNull();
  });

  it('knows weights of rankings and scores too', async () => {
    const ranking = (item: string, weight: number): Vote => ({
      item,
      rater: 'r',
      rater_kind: 'llm',
      kind: 'listwise',
      outcome: 'verdict',
      ranking: [['a'], ['b']],
      weight,
    });
    const votes = [
      ranking('q0', 1),
      ranking('q1', 0),
      ranking('q2', 0.5),
      { ...scoreVote('q0', 's', 'a', 5), weight: 0.5 },
      scoreVote('q0', 's', 'b', 3),
      { ...scoreVote('q1', 's', 'a', 5), weight: 0 },
      scoreVote('q1', 's', 'b', 3),
      scoreVote('q2', 's', 'a', 1),
      scoreVote('q2', 's', 'b', 3),
    ];
    const report = await agree(votes, [goldVote('q0', 'a'), goldVote('q1', 'a'), goldVote('q2', 'a')]);
    const of = (name: string) => report.raters.find(({ rater }) => rater === name)!;
    expect(of('r')).toMatchObject({ accuracy: { value: 1, n: 2 }, abstention_rate: { value: 1 / 3 } });
    expect(of('s')).toMatchObject({
      accuracy: { value: 0.5 / 1.5, n: 2 },
      abstention_rate: { value: 1 / 3 },
    });
    expect(report.weights).toMatchObject({ zero: 2, below_one: 2 });
  });
});
