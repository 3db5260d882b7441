import type {
  AgreementReport,
  GroupAgreement,
  KappaMatrix,
} from '../../analysis/agreement/agreement-report.ts';
import type { IntervalEstimate } from '../../analysis/agreement/resampling.ts';
import { decimals, short, withInterval } from '../../reports/text/amounts.ts';
import { textTable, weightsText } from '../../reports/text/text-table.ts';

const widestKappa = 8;
const shownDisagreements = 5;
const groupName = { judges: 'judges', human: 'human raters' } as const;

/** The report as tables for a terminal. */
export function agreementText(report: AgreementReport): string {
  return [
    headline(report),
    ratersText(report),
    ...report.agreement.map(groupText),
    ...(report.kappa !== null && report.kappa.raters.length <= widestKappa ? [kappaText(report.kappa)] : []),
    ...(report.panel.length > 0 ? [panelText(report)] : []),
    ...(report.alternative_test.human > 0 ? [alternativeText(report)] : []),
    ...(report.disagreement_count > 0 ? [disagreementText(report)] : []),
  ].join('\n\n');
}

function headline(report: AgreementReport): string {
  const questions = report.pairs > 0 ? `${report.pairs} pairs` : `${report.scores} scored candidates`;
  const against =
    report.reference === 'labels'
      ? `${report.labelled_questions} labelled`
      : 'no labels: accuracy is agreement with the consensus of the other raters';
  return `${report.votes} votes on ${questions} in ${report.clusters} clusters, ${against}.
Brackets: 95 % cluster-bootstrap interval (${report.replicates} draws, seed ${report.seed}).${report.weights ? `\n${weightsText(report.weights)}` : ''}`;
}

function ratersText(report: AgreementReport): string {
  type Row = AgreementReport['raters'][number];
  const column = (title: string, of: (row: Row) => IntervalEstimate, text = withInterval) => ({
    title,
    right: true,
    text: (row: Row) => (of(row).value === null ? '' : text(of(row))),
  });
  return textTable(report.raters, [
    { title: 'rater', text: ({ rater, rater_kind }) => (rater_kind === 'reference' ? `(${rater})` : rater) },
    { title: 'votes', right: true, text: ({ votes }) => String(votes) },
    column('accuracy', ({ accuracy }) => accuracy),
    column('flips', ({ flip_rate }) => flip_rate),
    column('position bias', ({ position_bias }) => position_bias),
    column('longer', ({ longer_rate }) => longer_rate, short),
    column('length bias', ({ length_bias }) => length_bias),
    column('own family', ({ own_family_rate }) => own_family_rate, short),
    column('family bias', ({ own_family_bias }) => own_family_bias),
    column('ties', ({ tie_rate }) => tie_rate, short),
    column('abstains', ({ abstention_rate }) => abstention_rate, short),
  ]);
}

function groupText(group: GroupAgreement): string {
  const rows = [
    ['Krippendorff alpha, nominal', group.alpha_nominal],
    ['  ordinal', group.alpha_ordinal],
    ['  interval', group.alpha_interval],
    ['  ratio', group.alpha_ratio],
    ['Fleiss kappa (units all answered)', group.fleiss_kappa],
    ['Gwet AC1', group.gwet_ac1],
    ['Gwet AC2, quadratic', group.gwet_ac2],
    ['percent agreement', group.percent_agreement],
    [`effective raters of ${group.raters}, from ${group.effective_raters_from}`, group.effective_raters],
  ] as const;
  const rule = { met: 'met', not_met: 'not met', unsure: 'unsure', undefined: 'undefined' }[
    group.eighty_percent_rule
  ];
  const table = textTable(rows, [
    {
      title: `agreement of ${group.raters} ${groupName[group.group]} on ${group.units} ${group.on}`,
      text: ([name]) => name,
    },
    {
      title: '',
      text: ([, measured]) =>
        measured.value === null ? `undefined: ${measured.reason}` : withInterval(measured),
    },
  ]);
  return `${table}\n80 % rule (percent agreement of at least .80): ${rule}`;
}

function kappaText(kappa: KappaMatrix): string {
  const rows = kappa.raters.map((rater, index) => ({ rater, cells: kappa.cells[index]! }));
  return textTable(rows, [
    {
      title: kappa.weights === 'identity' ? 'Cohen kappa' : 'Cohen kappa, quadratic',
      text: ({ rater }) => rater,
    },
    ...kappa.raters.map((rater, index) => ({
      title: rater.length > 14 ? `${rater.slice(0, 13)}…` : rater,
      right: true,
      text: ({ cells }: (typeof rows)[number]) => {
        const cell = cells[index] ?? null;
        return cell === null ? '·' : cell.value === null ? '-' : decimals(cell.value, 2);
      },
    })),
  ]);
}

function panelText(report: AgreementReport): string {
  const names = { vote_share: 'share of votes', reconciled_without_labels: 'reconciled, labels not used' };
  return textTable(report.panel, [
    { title: 'panel as one', text: ({ method }) => names[method] },
    { title: 'pairs', right: true, text: ({ n }) => String(n) },
    { title: 'accuracy', right: true, text: ({ accuracy }) => withInterval(accuracy) },
    { title: 'ECE', right: true, text: ({ calibration_error }) => withInterval(calibration_error) },
    { title: 'Brier', right: true, text: ({ brier }) => withInterval(brier) },
    { title: 'AUROC', right: true, text: ({ auroc }) => withInterval(auroc) },
  ]);
}

function alternativeText({ alternative_test: test }: AgreementReport): string {
  const table = textTable(test.judges, [
    { title: 'can it replace a human rater?', text: ({ rater }) => rater },
    {
      title: 'winning rate',
      right: true,
      text: ({ winning_rate }) => (winning_rate === null ? '-' : decimals(winning_rate, 2)),
    },
    {
      title: 'advantage',
      right: true,
      text: ({ advantage_probability }) =>
        advantage_probability === null ? '-' : decimals(advantage_probability, 3),
    },
    {
      title: '',
      text: ({ passed, human_tested, reason }) =>
        passed === null
          ? (reason ?? '')
          : `${passed ? 'passes' : 'fails'}, ${human_tested} human raters tested`,
    },
  ]);
  return `${table}\n(alternative annotator test, epsilon ${test.epsilon}, false discovery rate ${test.false_discovery_rate})`;
}

function disagreementText(report: AgreementReport): string {
  const shown = report.disagreements.slice(0, shownDisagreements);
  const table = textTable(shown, [
    { title: 'panel against label', text: ({ item }) => item },
    { title: 'label', text: ({ label }) => label },
    { title: 'judges for it', right: true, text: ({ judges_for_label }) => String(judges_for_label) },
    { title: 'against', right: true, text: ({ judges_against }) => String(judges_against) },
    { title: 'category', text: ({ category }) => category ?? '' },
  ]);
  return `${table}\n${shown.length} of ${report.disagreement_count}; --json lists up to 100`;
}
