import { existsSync } from 'node:fs';
import { readRecords } from '../src/files/read-records.ts';
import { createClaimChecker } from '../src/judges/facts/check-claim.ts';
import { openLanguageModel } from '../src/judges/facts/language-model.ts';
import { splitClaims } from '../src/judges/facts/split-claims.ts';
import type { Passage } from '../src/ports/retriever.ts';
import { seededRandom } from '../src/stats/random.ts';

interface FactScoreClaim {
  readonly cl: string;
  readonly claim: string;
  readonly label: 'supported' | 'not-supported' | 'irrelevant';
  readonly model: string;
}

interface Outcome {
  readonly cluster: string;
  readonly verdict: string;
  readonly label: string;
}

const file = '../shared/data/text/facts.jsonl.gz';

/**
 * The checker without a model on FActScore's human-labelled claims. The data has no passages, so the evidence for one
 * model's claims are the claims on the same person by the other two models that people found supported.
 */
export async function main(): Promise<void> {
  if (!existsSync(file)) {
    console.log(`${file} is not there: nothing measured`);
    return;
  }
  const read = await openLanguageModel();
  const check = createClaimChecker(read);
  const people = new Map<string, FactScoreClaim[]>();
  const responses: {
    readonly response: string;
    readonly label: string;
    readonly spans: readonly string[];
  }[] = [];
  for await (const { record } of readRecords(file)) {
    if (record.ds === 'halueval-general') responses.push(record as never);
    if (record.ds !== 'factscore') continue;
    const claim = record as unknown as FactScoreClaim;
    people.set(claim.cl, [...(people.get(claim.cl) ?? []), claim]);
  }
  const outcomes: Outcome[] = [];
  const started = process.cpuUsage();
  for (const [cluster, claims] of people) outcomes.push(...checkPerson(cluster, claims, check));
  const { user, system } = process.cpuUsage(started);
  console.log(
    '| part | people | claims | supported | precision of supported | refuted | precision of refuted | unverifiable |',
  );
  console.log('|---|---:|---:|---:|---|---:|---|---:|');
  const half = (cluster: string) => [...cluster].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % 2;
  table(
    'looked at while it was written',
    outcomes.filter(({ cluster }) => half(cluster) === 0),
  );
  table(
    'held out',
    outcomes.filter(({ cluster }) => half(cluster) === 1),
  );
  table('all', outcomes);
  const perClaimMs = (user + system) / 1000 / outcomes.length;
  console.log(
    `\n${perClaimMs.toFixed(2)} ms of processor time a claim, evidence of about ${averageEvidence(people)} sentences each time\n`,
  );
  halueval(responses, read);
}

function checkPerson(
  cluster: string,
  claims: readonly FactScoreClaim[],
  check: ReturnType<typeof createClaimChecker>,
): Outcome[] {
  return [...new Set(claims.map(({ model }) => model))].flatMap((model) => {
    const evidence = claims.filter((one) => one.model !== model && one.label === 'supported');
    const passages = evidence.map(
      ({ claim }, index): Passage => ({
        id: String(index),
        source: cluster,
        start: 0,
        end: claim.length,
        text: claim,
        score: 1,
      }),
    );
    return claims
      .filter((one) => one.model === model && one.label !== 'irrelevant')
      .map(({ claim, label }) => ({ cluster, label, verdict: check(claim, passages).verdict }));
  });
}

function table(name: string, outcomes: readonly Outcome[]): void {
  const of = (verdict: string) => outcomes.filter((one) => one.verdict === verdict);
  const share = (of('unverifiable').length / outcomes.length) * 100;
  const people = new Set(outcomes.map(({ cluster }) => cluster)).size;
  const cells = [
    `${of('supported').length}`,
    precision(of('supported'), 'supported'),
    `${of('refuted').length}`,
    precision(of('refuted'), 'not-supported'),
  ];
  console.log(`| ${name} | ${people} | ${outcomes.length} | ${cells.join(' | ')} | ${share.toFixed(1)} % |`);
}

/** Share of right verdicts with a 95 % interval: bootstrap over people where some are wrong, rule of three where none is. */
function precision(outcomes: readonly Outcome[], right: string): string {
  const all = outcomes.length;
  const rights = outcomes.filter(({ label }) => label === right).length;
  if (all === 0) return '-';
  const percent = (value: number) => (value * 100).toFixed(1);
  if (rights === all) return `${percent(1)} % (at least ${percent(Math.max(0, 1 - 3 / all))})`;
  const byPerson = groupsOf(outcomes);
  const random = seededRandom('facts-bench');
  const draws = Array.from({ length: 2000 }, () => {
    let [good, count] = [0, 0];
    for (let draw = 0; draw < byPerson.length; draw += 1) {
      for (const { label } of byPerson[Math.floor(random() * byPerson.length)]!) {
        count += 1;
        if (label === right) good += 1;
      }
    }
    return good / count;
  }).sort((a, b) => a - b);
  return `${percent(rights / all)} % (${percent(draws[50]!)}-${percent(draws[1949]!)})`;
}

function groupsOf(outcomes: readonly Outcome[]): readonly (readonly Outcome[])[] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const group = groups.get(outcome.cluster) ?? [];
    group.push(outcome);
    groups.set(outcome.cluster, group);
  }
  return [...groups.values()];
}

function averageEvidence(people: ReadonlyMap<string, readonly FactScoreClaim[]>): number {
  const supported = [...people.values()].map(
    (claims) => claims.filter(({ label }) => label === 'supported').length,
  );
  return Math.round(((supported.reduce((sum, count) => sum + count, 0) / supported.length) * 2) / 3);
}

/** HaluEval's responses have spans that people marked, and no evidence: what can be seen is whether the spans become claims. */
function halueval(
  responses: readonly { readonly response: string; readonly spans: readonly string[] }[],
  read: Awaited<ReturnType<typeof openLanguageModel>>,
): void {
  let [spans, reached, claims, none] = [0, 0, 0, 0];
  for (const { response, spans: marked } of responses) {
    const found = splitClaims(read(response)).claims;
    claims += found.length;
    if (found.length === 0) none += 1;
    for (const span of marked) {
      const at = response.indexOf(span.trim());
      if (at === -1) continue;
      spans += 1;
      if (found.some(({ start, end }) => start < at + span.trim().length && end > at)) reached += 1;
    }
  }
  console.log(
    `HaluEval, ${responses.length} responses: ${(claims / responses.length).toFixed(1)} claims each, ${none} without claims; ${reached} of ${spans} marked spans lie in a sentence that became a claim (${((reached / spans) * 100).toFixed(0)} %)`,
  );
}
