import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeBehaviour, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { Workspace } from '../support/workspace.ts';

// Waiting takes no time here: the clock jumps.
vi.mock('../../src/app/system-clock.ts', () => import('../support/jumping-clock.ts'));

const bridge = ['The bridge has two towers.', 'The bridge was opened in 1894.'];
const records = [
  { claim: 'The bridge has two towers.', evidence: bridge, label: 'supported', set: 'bridge', cluster: 'b' },
  {
    claim: 'The bridge has three towers.',
    evidence: bridge,
    label: 'refuted',
    set: 'bridge',
    cluster: 'b',
  },
  { claim: 'The bridge is green.', evidence: bridge, label: 'not-supported', set: 'bridge', cluster: 'b' },
  {
    claim: 'Ada Lovelace was born in 1815.',
    evidence: 'Ada Lovelace was born in London in 1815.',
    label: 'supported',
    set: 'persons',
    cluster: 'ada',
  },
  { claim: 'Nobody knows of it.', evidence: [], label: 'unverifiable', set: 'persons', cluster: 'x' },
];

describe('quorate facts eval', () => {
  let workspace: Workspace;
  let fake: FakeProvider;
  let behave: (prompt: string) => FakeBehaviour | undefined;

  beforeEach(async () => {
    behave = () => undefined;
    fake = await startFakeProvider({ behave: ({ prompt }) => behave(prompt) });
    workspace = new Workspace();
    workspace.writeJsonLines('claims.jsonl', records);
  });

  afterEach(async () => {
    workspace.remove();
    await fake.close();
  });

  const served = ['--provider', 'openai-compatible', '--model', 'm', '--key-env', 'FAKE_KEY'];
  const evaluate = (...more: string[]) =>
    workspace.quorate(['facts', 'eval', 'claims.jsonl', '--json', ...more]);
  const ask = (...more: string[]) => evaluate(...served, '--base-url', fake.openAiUrl, ...more);
  const entries = (...list: readonly (readonly [claim: number, verdict: string, quote: string | null])[]) =>
    JSON.stringify({
      judgements: list.map(([claim, verdict, quote]) => ({ claim, verdict, passage: 1, quote })),
    });
  /** Answers the three claims on the bridge and the one on Ada; both questions when asked for nothing else. */
  const wise = (prompt: string) =>
    prompt.includes('bridge')
      ? entries(
          [1, 'supported', 'has two towers'],
          [2, 'refuted', 'has two towers'],
          [3, 'unverifiable', null],
        )
      : entries([1, 'supported', 'in London in 1815']);

  it('measures the checker without a model, by set and over all', async () => {
    const { code, out } = await evaluate();
    expect(code).toBe(0);
    const { sets, all, verifier } = JSON.parse(out);
    expect(verifier).toBe('checker without a model');
    expect(sets.map(({ name }: { name: string }) => name)).toEqual(['bridge', 'persons']);
    expect(all).toMatchObject({
      claims: 5,
      clusters: 3,
      supported: { claims: 2, right: 2, precision: 1, method: 'rule of three' },
      refuted: { claims: 1, right: 1 },
      unverifiable: 2,
      coverage: 1,
      as_said: null,
    });
    expect(fake.ledger.counts.calls).toBe(0);
  });

  it('measures a served judge with the questions of a job, claims on the same evidence together', async () => {
    behave = wise;
    const { code, out } = await ask();
    expect(code).toBe(0);
    const { all, unread } = JSON.parse(out);
    expect(all).toMatchObject({
      supported: { claims: 2, right: 2 },
      refuted: { claims: 1, right: 1 },
      unverifiable: 2,
      without_quote: 0,
      without_entry: 0,
    });
    expect(unread).toEqual({});
    // no model is asked about a claim without evidence
    expect(fake.ledger.counts.answered).toBe(2);
  });

  it('reports what the quote check withdrew, and what had no entry', async () => {
    behave = (prompt) =>
      prompt.includes('bridge')
        ? entries([1, 'supported', 'has two towers'], [3, 'supported', 'is green'])
        : entries([1, 'refuted', 'words of passage 3']);
    const { all } = JSON.parse((await ask()).out);
    expect(all).toMatchObject({
      supported: { claims: 1, right: 1 },
      refuted: { claims: 0, precision: null },
      as_said: { supported: { claims: 2, right: 1 }, refuted: { claims: 1, right: 0 } },
      without_quote: 2,
      without_entry: 1,
    });
    const { out } = await workspace.quorate([
      ...['facts', 'eval', 'claims.jsonl', ...served, '--base-url', fake.openAiUrl],
    ]);
    expect(out).toMatch(/all, quotes not checked/);
    expect(out).toMatch(/without a quote from a passage: 2; without an entry: 1/);
  });

  it('asks what it asked before for nothing', async () => {
    behave = wise;
    const { out } = await ask();
    const { answered } = fake.ledger.counts;
    expect((await ask()).out).toBe(out);
    expect(fake.ledger.counts.answered).toBe(answered);
  });

  const bad: readonly (readonly [string, FakeBehaviour, 'abstained' | 'errors', RegExp])[] = [
    ['prose', 'All of it is true.', 'abstained', /unreadable/],
    ['nothing', '', 'abstained', /unreadable/],
    ['JSON cut off', { text: '{"judgements":[{"cl', finish: 'length' }, 'abstained', /truncated/],
    ['a refusal', { text: 'I cannot do that.', finish: 'refusal' }, 'abstained', /refused/],
    ['filtered content', { text: '', finish: 'content_filter' }, 'abstained', /content_filter/],
    ['500 for ever', { does: 'refuse', status: 500 }, 'errors', /overloaded|bad_reply|network/],
    ['HTML', { does: 'html' }, 'errors', /bad_reply/],
    ['half of a body', { does: 'cut' }, 'errors', /bad_reply|network/],
  ];
  it.each(bad)('counts %s as unread, never as a verdict', async (_name, behaviour, counted, reason) => {
    behave = (prompt) => (prompt.includes('bridge') ? behaviour : wise(prompt));
    const { code, out } = await ask();
    expect(code).toBe(0);
    const { all, unread } = JSON.parse(out);
    expect(all).toMatchObject({ claims: 5, supported: { claims: 1 }, refuted: { claims: 0 }, [counted]: 3 });
    expect(Object.keys(unread).join()).toMatch(reason);
  });

  it('asks again what ended in an error where that is wanted', async () => {
    behave = (prompt) => (prompt.includes('bridge') ? { does: 'html' } : wise(prompt));
    await ask();
    behave = wise;
    expect(JSON.parse((await ask()).out).all).toMatchObject({ errors: 3 });
    expect(JSON.parse((await ask('--retry-errors')).out).all).toMatchObject({ errors: 0 });
  });

  it('draws whole clusters up to a limit, the same for the same seed', async () => {
    const claimsOf = async (seed: string) =>
      JSON.parse((await evaluate('--limit', '3', '--seed', seed)).out).all.claims;
    expect([1, 2, 3, 4, 5]).toContain(await claimsOf('1'));
    expect(await claimsOf('1')).toBe(await claimsOf('1'));
    const clusters = JSON.parse((await evaluate('--limit', '1', '--seed', '2')).out).all.clusters;
    expect(clusters).toBe(1);
  });

  it.each([
    [{ claim: 'x', label: 'supported' }, /claims\.jsonl:6: "evidence" must be a text or a list of texts/],
    [
      { claim: 'x', evidence: 'y', label: 'true' },
      /claims\.jsonl:6: "label" must be one of supported, refuted/,
    ],
    [{ claim: ' ', evidence: 'y', label: 'supported' }, /claims\.jsonl:6: "claim" must be a text/],
  ])('names the line that is no labelled claim, before anything is asked', async (record, message) => {
    workspace.writeJsonLines('claims.jsonl', [...records, record]);
    behave = wise;
    const { code, err } = await ask();
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(fake.ledger.counts.calls).toBe(0);
  });

  it.each([
    [['--provider', 'missing'], /--provider must be one of/],
    [['--passages', '0'], /--passages must be a whole number from 1/],
    [['--limit', 'some'], /--limit must be a whole number/],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await evaluate(...flags);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
