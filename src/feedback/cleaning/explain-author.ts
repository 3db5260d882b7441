import type { CleaningSettings } from '../../domain/feedback-settings.ts';
import type { EventTable } from './event-table.ts';
import type { Suspicion, TestName } from './suspect-authors.ts';

/** Tests with at least this factor against the author are listed, strongest first. */
const worthNaming = Math.log(3);

/** Explains the evidence about an author, with counts that can be checked. */
export function explainAuthor(
  table: EventTable,
  suspicion: Suspicion,
  author: number,
  { falsePositiveRate }: CleaningSettings,
): string[] {
  const odds = `odds of a machine or an attack ${oddsText(suspicion.evidence[author]!)} (set aside from ${Math.round(1 / falsePositiveRate)} : 1)`;
  const found = (Object.entries(suspicion.tests) as [TestName, Float64Array][])
    .map(([name, evidence]) => ({ name, evidence: evidence[author]! }))
    .filter(({ evidence }) => evidence >= worthNaming)
    .sort((a, b) => b.evidence - a.evidence);
  return [
    odds,
    ...found.map(({ name, evidence }) => `${inWords(table, suspicion, author, name)}, ${oddsText(evidence)}`),
  ];
}

function inWords(table: EventTable, suspicion: Suspicion, author: number, name: TestName): string {
  if (name === 'targeting') {
    const { model, against, judged } = suspicion.targeting;
    return `${against[author]} of ${judged[author]} opinions about ${table.models.text(model[author]!)} are against it, unlike the author's other ones`;
  }
  if (name === 'blind') return 'ratings unrelated to the consensus and gold labels of the same responses';
  const { k, n } = suspicion.counts[name];
  const usual = `(usual: ${Math.round(100 * suspicion.usual[name])} %)`;
  const count = `${k[author]} of ${n[author]}`;
  switch (name) {
    case 'fast':
      return `${count} judgements faster than the text can be skimmed ${usual}`;
    case 'burst':
      return `${count} steps to another response faster than a human can take them ${usual}`;
    case 'regular':
      return `${count} gaps equal within 15 % ${usual}`;
    case 'constant':
      return `${count} ratings the same ${usual}`;
    case 'first':
      return `${count} comparisons decided for the first place ${usual}`;
    case 'disagreeing':
      return `${count} comparisons decided against the consensus ${usual}`;
    case 'copied':
      return `${count} long comments that other authors wrote too ${usual}`;
    case 'failed':
      return `${count} attention checks failed ${usual}`;
  }
}

function oddsText(evidence: number): string {
  if (evidence > Math.log(1e6)) return `${Math.min(300, Math.floor(evidence / Math.LN10))} digits : 1`;
  return `${Number(Math.exp(evidence).toPrecision(2))} : 1`;
}
