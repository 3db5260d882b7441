import { existsSync } from 'node:fs';
import { readRecords } from '../src/files/read-records.ts';
import { writeJsonLines } from '../src/files/write-lines.ts';

interface FactScoreClaim {
  readonly cl: string;
  readonly claim: string;
  readonly label: 'supported' | 'not-supported' | 'irrelevant';
  readonly model: string;
}

interface MarkedResponse {
  readonly response: string;
  readonly spans: readonly string[];
}

/** A line for `quorate facts eval`. */
export interface LabelledClaim {
  readonly claim: string;
  readonly evidence: readonly string[];
  readonly label: string;
  readonly set: 'looked at' | 'held out';
  readonly cluster: string;
}

const file = '../shared/data/text/facts.jsonl.gz';
/** Where the claims are written for `quorate facts eval`. */
export const claimsFile = '.cache/facts/claims.jsonl';

/**
 * FActScore's human-labelled claims. The data has no passages, so the evidence for one model's claims are the claims on
 * the same person by the other two models that annotators found supported. Null where the data is not there.
 */
export async function readFactData(): Promise<{
  readonly claims: readonly LabelledClaim[];
  readonly responses: readonly MarkedResponse[];
} | null> {
  if (!existsSync(file)) {
    console.log(`${file} is not there: nothing measured`);
    return null;
  }
  const byPerson = new Map<string, FactScoreClaim[]>();
  const responses: MarkedResponse[] = [];
  for await (const { record } of readRecords(file)) {
    if (record.ds === 'halueval-general') responses.push(record as never);
    if (record.ds !== 'factscore') continue;
    const claim = record as unknown as FactScoreClaim;
    byPerson.set(claim.cl, [...(byPerson.get(claim.cl) ?? []), claim]);
  }
  return { claims: [...byPerson].flatMap(([person, claims]) => labelled(person, claims)), responses };
}

/** The checker was written with one half of the persons in view only. */
function labelled(person: string, claims: readonly FactScoreClaim[]): readonly LabelledClaim[] {
  const half = [...person].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % 2;
  return [...new Set(claims.map(({ model }) => model))].flatMap((model) => {
    const evidence = claims
      .filter((one) => one.model !== model && one.label === 'supported')
      .map(({ claim }) => claim);
    return claims
      .filter((one) => one.model === model && one.label !== 'irrelevant')
      .map(({ claim, label }) => ({
        claim,
        label,
        evidence,
        set: half === 0 ? 'looked at' : 'held out',
        cluster: person,
      }));
  });
}

export function writeClaims(path: string, claims: readonly LabelledClaim[]): Promise<unknown> {
  return writeJsonLines(path, claims);
}
