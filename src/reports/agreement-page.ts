import type { AgreementReport, GroupAgreement } from '../analysis/agreement/agreement-report.ts';
import type { IntervalEstimate } from '../analysis/agreement/resampling.ts';
import { agreementFigures } from './figures/agreement-figures.ts';
import { drawingOf, type Figure, type Markup, nothing, svg } from './figures/figure.ts';
import { htmlPage, htmlTable } from './html-page.ts';
import { withInterval } from './text/amounts.ts';
import { weightsText } from './text/text-table.ts';

/** The whole report as one page that loads nothing. */
export function agreementPage(report: AgreementReport): string {
  const figures = agreementFigures(report);
  const wide = figures.filter(({ width }) => width > 430);
  const narrow = figures.filter(({ width }) => width <= 430);
  return htmlPage(
    'Agreement of raters',
    svg`<header><h1>Agreement of raters</h1><p>${summary(report)}</p>${report.weights ? svg`<p>${weightsText(report.weights)}</p>` : nothing}</header>
${wide.slice(0, 2).map(figureOf)}
<div class="pair">${narrow.map(figureOf)}</div>
${wide.slice(2).map(figureOf)}
${report.agreement.map(groupTable)}
${ratersTable(report)}
${panelTable(report)}
${alternativeTable(report)}
${disagreementTable(report)}
${warnings(report)}
<footer><p>Made by <code>quorate agree</code>, seed ${String(report.seed)}, ${String(report.replicates)} bootstrap draws over ${String(report.clusters)} clusters. Brackets are 95 % intervals.</p></footer>`,
  );
}

function summary(report: AgreementReport): string {
  const questions = report.pairs > 0 ? `${report.pairs} pairs` : `${report.scores} scored candidates`;
  const against =
    report.reference === 'labels'
      ? `compared with labels on ${report.labelled_questions}`
      : 'compared with the consensus of the other raters (no labels)';
  const judges = report.raters.filter(({ rater_kind }) => rater_kind !== 'reference').length;
  return `${report.votes} votes of ${judges} raters on ${questions}, ${against}.`;
}

function figureOf(figure: Figure): Markup {
  return svg`<figure id="${figure.name}"><div class="drawing">${drawingOf(figure)}</div><figcaption>${figure.caption}</figcaption></figure>`;
}

function shown(measured: IntervalEstimate): string {
  return measured.value === null ? `– ${measured.reason ?? ''}`.trim() : withInterval(measured);
}

function plain(measured: IntervalEstimate): string {
  return measured.value === null ? '–' : withInterval(measured);
}

function groupTable(group: GroupAgreement): Markup {
  const rule = {
    met: 'met',
    not_met: 'not met',
    unsure: 'unsure: the interval holds .80',
    undefined: 'undefined',
  };
  return htmlTable(
    `Agreement among ${group.raters} ${group.group === 'human' ? 'human raters' : group.group} on ${group.units} ${group.on}`,
    ['coefficient', 'value and 95 % interval'],
    [
      ['Krippendorff’s alpha, nominal', shown(group.alpha_nominal)],
      ['Krippendorff’s alpha, ordinal', shown(group.alpha_ordinal)],
      ['Krippendorff’s alpha, interval', shown(group.alpha_interval)],
      ['Krippendorff’s alpha, ratio', shown(group.alpha_ratio)],
      ['Fleiss’ kappa (units that all answered)', shown(group.fleiss_kappa)],
      ['Gwet’s AC1', shown(group.gwet_ac1)],
      ['Gwet’s AC2, quadratic weights', shown(group.gwet_ac2)],
      ['Percent agreement', shown(group.percent_agreement)],
      ['80 % rule', rule[group.eighty_percent_rule]],
      [`Effective number of raters, from ${group.effective_raters_from}`, shown(group.effective_raters)],
    ],
  );
}

function ratersTable(report: AgreementReport): Markup {
  type Facts = AgreementReport['raters'][number];
  const columns: readonly (readonly [string, (facts: Facts) => IntervalEstimate])[] = [
    ['accuracy', ({ accuracy }) => accuracy],
    ['decisive', ({ decisive_accuracy }) => decisive_accuracy],
    ['flips', ({ flip_rate }) => flip_rate],
    ['position bias', ({ position_bias }) => position_bias],
    ['longer', ({ longer_rate }) => longer_rate],
    ['own family', ({ own_family_rate }) => own_family_rate],
    ['ties', ({ tie_rate }) => tie_rate],
    ['abstains', ({ abstention_rate }) => abstention_rate],
  ];
  const filled = columns.filter(([, of]) => report.raters.some((facts) => of(facts).value !== null));
  return htmlTable(
    'Raters',
    ['rater', 'votes', ...filled.map(([title]) => title)],
    report.raters.map((facts) => [
      facts.rater_kind === 'reference' ? `(${facts.rater})` : facts.rater,
      String(facts.votes),
      ...filled.map(([, of]) => plain(of(facts))),
    ]),
  );
}

function panelTable(report: AgreementReport): Markup {
  if (report.panel.length === 0) return nothing;
  const names = { vote_share: 'share of votes', reconciled_without_labels: 'reconciled, labels not used' };
  return htmlTable(
    'The panel as one',
    ['method', 'pairs', 'accuracy', 'calibration error', 'Brier', 'AUROC'],
    report.panel.map((panel) => [
      names[panel.method],
      String(panel.n),
      plain(panel.accuracy),
      plain(panel.calibration_error),
      plain(panel.brier),
      plain(panel.auroc),
    ]),
  );
}

function alternativeTable({ alternative_test: test }: AgreementReport): Markup {
  if (test.human === 0) return nothing;
  const number = (value: number | null) => (value === null ? '–' : value.toFixed(2));
  return htmlTable(
    `Can a judge replace a human rater? (alternative annotator test, epsilon ${test.epsilon})`,
    ['judge', 'winning rate', 'advantage', 'answer'],
    test.judges.map(({ rater, winning_rate, advantage_probability, passed, human_tested, reason }) => [
      rater,
      number(winning_rate),
      number(advantage_probability),
      passed === null
        ? (reason ?? '–')
        : `${passed ? 'passes' : 'fails'}, ${human_tested} human raters tested`,
    ]),
  );
}

function disagreementTable(report: AgreementReport): Markup {
  if (report.disagreements.length === 0) return nothing;
  return htmlTable(
    `Where the panel contradicts the label (${report.disagreements.length} of ${report.disagreement_count})`,
    ['item', 'category', 'label', 'panel', 'judges for the label', 'against', 'undecided'],
    report.disagreements.map((line) => [
      line.item,
      line.category ?? '',
      line.label,
      line.panel,
      String(line.judges_for_label),
      String(line.judges_against),
      String(line.judges_undecided),
    ]),
  );
}

function warnings(report: AgreementReport): Markup {
  if (report.warnings.length === 0) return nothing;
  return htmlTable(
    'Warnings',
    ['what', 'how often'],
    report.warnings.map(({ warning, count }) => [warning, String(count)]),
  );
}
