import type { GateResult } from '../../domain/gate.ts';
import { headline, nameOf } from './gate-words.ts';

/** Workflow commands that GitHub shows beside a run: failures as errors, inconclusive answers as warnings. */
export function gateAnnotations(result: GateResult): string {
  const required = result.criteria.filter((one) => one.required);
  const lines = [
    command(levelOf(result.answer), 'quorate gate', headline(result)),
    ...required
      .filter(({ answer }) => answer !== 'pass')
      .map((one) => command(levelOf(one.answer), `criterion ${nameOf(one)}`, one.reason)),
    ...result.floors
      .filter(({ answer }) => answer !== 'pass')
      .map(({ id, answer, reason }) => command(levelOf(answer), `floor ${id}`, reason)),
    ...result.warnings.map((warning) => command('notice', 'quorate gate', warning)),
  ];
  return `${lines.join('\n')}\n`;
}

function levelOf(answer: GateResult['answer']): 'error' | 'warning' | 'notice' {
  return answer === 'fail' ? 'error' : answer === 'inconclusive' ? 'warning' : 'notice';
}

/** Escaped as the runner's own toolkit does, so that no text can start a command of its own. */
function command(level: string, title: string, message: string): string {
  const data = message
    .replaceAll('##[', '## [')
    .replace(/%/g, '%25')
    .replace(/\r/g, '%0D')
    .replace(/\n/g, '%0A');
  const property = title
    .replace(/%/g, '%25')
    .replace(/\r/g, '%0D')
    .replace(/\n/g, '%0A')
    .replace(/:/g, '%3A')
    .replace(/,/g, '%2C');
  return `::${level} title=${property}::${data}`;
}
