import { afterEach, beforeEach, expect, it } from 'vitest';
import { down, feedbackEvent, up } from '../../../test/support/feedback-signal.ts';
import { Workspace } from '../../../test/support/workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
  place.write(
    'loop.yaml',
    `model: bot
triggers: { negative_rate: { action: report } }
experiments:
  - id: tone
    arms: [{ id: old, share: 0.5 }, { id: new, share: 0.5 }]
`,
  );
});
afterEach(() => place.remove());

const env = { QUORATE_AUTHOR_KEY: 'k'.repeat(64), PATH: process.env.PATH };
const now = '2026-03-01T12:00:00Z';

async function complaints(): Promise<void> {
  const events = Array.from({ length: 100 }, (_, index) =>
    feedbackEvent(`e${index}`, index < 50 ? down : up, { response_id: `r${index}`, author: `a${index}` }),
  );
  place.writeJsonLines('events.jsonl', events);
  const { code, err } = await place.quorate(['feedback', 'import', 'events.jsonl'], { env });
  expect([code, err]).toEqual([0, expect.anything()]);
}

it('says what is due, by exit code and JSON, and writes nothing by looking', async () => {
  expect(await place.quorate(['triggers'])).toMatchObject({ code: 0 });
  await complaints();
  for (let round = 0; round < 2; round += 1) {
    const { code, out } = await place.quorate(['triggers', '--json', '--now', now]);
    expect(code).toBe(1);
    const report = JSON.parse(out) as { due: string[]; triggers: { trigger: string }[] };
    expect(report.due).toEqual(['negative_rate']);
    expect(report.triggers.find(({ trigger }) => trigger === 'negative_rate')).toMatchObject({
      status: 'due',
      evidence: {
        value: 0.5,
        n: 100,
        authors: 100,
        bound: expect.any(Number),
        since: expect.stringMatching(/^2026-02-22T12:00:0/),
      },
    });
  }
});

it('fires once for one cause, and remembers why and what was done', async () => {
  await complaints();
  expect(await place.quorate(['triggers', '--ack', '--now', now])).toMatchObject({ code: 1 });
  const later = await place.quorate(['triggers', '--now', '2026-03-02T12:00:00Z']);
  expect(later).toMatchObject({ code: 0, out: expect.stringMatching(/negative_rate +already fired/) });
  const history = await place.quorate(['triggers', '--history']);
  expect(history.out).toMatch(
    /negative_rate: 0\.5 share of ratings, at least 0\.41\d* with confidence 0\.95/,
  );
});

it('the loop does what is due and can be asked what it did', async () => {
  await complaints();
  const ran = await place.quorate(['loop', '--trust', '--once', '--now', now]);
  expect(ran).toMatchObject({ code: 0, out: '' });
  expect(ran.err).toMatch(/negative_rate: reported[\s\S]*done: safety, daily/);
  expect(await place.quorate(['loop', '--trust', '--once', '--now', now])).toMatchObject({
    err: 'nothing was due\n',
  });
  const { firings } = JSON.parse((await place.quorate(['triggers', '--history', '--json'])).out) as {
    firings: unknown[];
  };
  expect(firings).toMatchObject([
    { trigger: 'negative_rate', outcome: { status: 'done', what: 'reported' } },
  ]);
});

it('assigns users to arms and reads them out', async () => {
  const { out } = await place.quorate(['ab', 'assign', 'tone', 'ada', 'bo', 'ada', '--json']);
  const rows = out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as { label: string });
  expect(rows[0]).toEqual(rows[2]);
  expect(rows[1]?.label).toMatch(/^tone\/(old|new)$/);
  expect((await place.quorate(['ab', 'readout', 'tone'])).err).toMatch(/no feedback yet/);
  await complaints();
  expect(await place.quorate(['ab', 'readout', 'tone'])).toMatchObject({
    code: 3,
    out: expect.stringMatching(/inconclusive: the ratings so far/),
  });
});

it.each([
  [['triggers', '--loop', 'none.yaml'], /no such file/],
  [
    ['triggers', '--now', 'yesterday'],
    /--now must be a time, received "yesterday"[\s\S]*2026-01-31T06:00:00Z/,
  ],
  [['ab', 'readout', 'other'], /no experiment "other"[\s\S]*experiments: tone/],
])('%j: exit 2 and what to do', async (argv, message) => {
  const ran = await place.quorate(argv);
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(message);
});
