import { checkKnownClaims } from '../src/raters/facts/evaluation/check-known-claims.ts';
import { type ClaimRow, ClaimTally } from '../src/raters/facts/evaluation/claim-tally.ts';
import type { Precision } from '../src/raters/facts/evaluation/precision.ts';
import { readKnownClaims } from '../src/raters/facts/evaluation/read-known-claims.ts';
import { openLanguageModel } from '../src/raters/facts/language-model.ts';
import { splitClaims } from '../src/raters/facts/split-claims.ts';
import { claimsFile, readFactData, writeClaims } from './facts-support.ts';

/** The checker without a model on FActScore's claims, and its splitter on HaluEval's responses. */
export async function main(): Promise<void> {
  const data = await readFactData();
  if (data === null) return;
  await writeClaims(claimsFile, data.claims);
  const tally = new ClaimTally({ judge: false });
  const started = process.cpuUsage();
  await checkKnownClaims(readKnownClaims(claimsFile), Infinity, tally);
  const { user, system } = process.cpuUsage(started);
  const { sets, all } = tally.report();
  console.log(
    '| part | persons | claims | supported | precision of supported | refuted | precision of refuted | unverifiable | true ones found | false ones refuted |',
  );
  console.log('|---|---:|---:|---:|---|---:|---|---:|---:|---:|');
  for (const row of [...sets, all]) console.log(tableLine(row));
  const evidence = data.claims.reduce((sum, one) => sum + one.evidence.length, 0) / data.claims.length;
  console.log(
    `\n${((user + system) / 1000 / all.claims).toFixed(2)} ms of processor time a claim, evidence of about ${Math.round(evidence)} sentences each time; for \`quorate facts eval\`: ${claimsFile}\n`,
  );
  await halueval(data.responses);
}

function tableLine(row: ClaimRow): string {
  const { name, clusters, claims, supported, refuted } = row;
  const cells = [supported.claims, precision(supported), refuted.claims, precision(refuted)];
  const shares = [row.unverifiable_share, row.coverage, row.false_refuted].map(percent);
  return `| ${[name, clusters, claims, ...cells, ...shares].join(' | ')} |`;
}

function precision({ precision: share, interval, method }: Precision): string {
  if (share === null || interval === null) return percent(share);
  if (method === 'rule of three') return `${percent(share)} (at least ${percent(interval.low)})`;
  return `${percent(share)} (${percent(interval.low)} to ${percent(interval.high)})`;
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(share * 100).toFixed(1)} %`;
}

/** HaluEval's responses have spans that annotators marked, and no evidence: what can be seen is whether the spans become claims. */
async function halueval(
  responses: readonly { readonly response: string; readonly spans: readonly string[] }[],
): Promise<void> {
  const read = await openLanguageModel();
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
