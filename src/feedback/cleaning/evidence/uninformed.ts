import { logNoncentralHypergeometric } from '../../../stats/testing/noncentral-hypergeometric.ts';
import type { Consensus } from '../consensus.ts';

/** ln odds ratios of informed authors, from weak to strong; their shares are fitted to the data. */
const lookingOdds = [0.4, 0.8, 1.5, 2.5, 4, 6] as const;
/** ln odds ratios of uninformed authors (a coin) and of authors who answer against the truth. */
const blindOdds = [0, -1, -2.5] as const;
const blindShares = [0.5, 0.25, 0.25] as const;
/** ln odds of the consensus from which a response counts as good or bad: P = .8. */
const clear = Math.log(4);
/** Prior number of authors of each informed kind. */
const priorAuthors = 5;
const rounds = 8;

/** Tests whether an author's answers are related to the consensus. Given the numbers of good and bad responses and of "good"
 * answers, the number of "good" answers to bad responses follows Fisher's noncentral hypergeometric distribution. Both margins
 * are fixed, so lenient, strict and constant authors are not suspicious (a constant answer gives 0). Returns the ln Bayes
 * factor of "uninformed" against "informed", with the mixture of informed kinds fitted to the trusted authors.
 */
export function uninformedEvidence(
  { start, said, others }: Consensus,
  honest: Float64Array,
): { readonly evidence: Float64Array; readonly agreed: Int32Array; readonly seen: Int32Array } {
  const authors = honest.length;
  const looking: (number[] | undefined)[] = new Array(authors);
  const blind = new Float64Array(authors);
  const agreed = new Int32Array(authors);
  const seen = new Int32Array(authors);
  for (let author = 0; author < authors; author += 1) {
    let good = 0;
    let bad = 0;
    let praised = 0;
    let praisedBad = 0;
    for (let at = start[author]!; at < start[author + 1]!; at += 1) {
      if (Math.abs(others[at]!) < clear) continue;
      const isBad = others[at]! < 0;
      if (isBad) bad += 1;
      else good += 1;
      if (said[at] === 1) praised += 1;
      if (said[at] === 1 && isBad) praisedBad += 1;
      if ((said[at] === 1) !== isBad) agreed[author]! += 1;
    }
    seen[author] = good + bad;
    if (praised === 0 || praised === good + bad || good === 0 || bad === 0) continue;
    // the odds of praising a bad response fall as the author is better informed
    const table = { size: good + bad, marked: bad, drawn: praised };
    const laws = logNoncentralHypergeometric(
      praisedBad,
      table,
      [...lookingOdds, ...blindOdds].map((odds) => -odds),
    );
    looking[author] = laws.slice(0, lookingOdds.length).map(Math.exp);
    blind[author] = Math.log(
      blindShares.reduce((sum, share, kind) => sum + share * Math.exp(laws[lookingOdds.length + kind]!), 0),
    );
  }
  const shares = fitShares(looking, honest);
  const evidence = blind.map((value, author) => {
    const laws = looking[author];
    return laws === undefined ? 0 : value - Math.log(mixed(laws, shares) + 1e-300);
  });
  return { evidence, agreed, seen };
}

/** EM of the mixture weights over honest authors, with a Dirichlet prior; the components stay fixed. */
function fitShares(laws: readonly (number[] | undefined)[], honest: Float64Array): number[] {
  let shares = lookingOdds.map(() => 1 / lookingOdds.length);
  for (let round = 0; round < rounds; round += 1) {
    const sums = lookingOdds.map(() => priorAuthors / lookingOdds.length);
    laws.forEach((law, author) => {
      if (law === undefined) return;
      const total = mixed(law, shares);
      if (total <= 0) return;
      law.forEach((value, kind) => {
        sums[kind]! += (honest[author]! * shares[kind]! * value) / total;
      });
    });
    const all = sums.reduce((sum, value) => sum + value, 0);
    shares = sums.map((value) => value / all);
  }
  return shares;
}

const mixed = (laws: readonly number[], shares: readonly number[]) =>
  laws.reduce((sum, law, kind) => sum + law * shares[kind]!, 0);
