import type { GateResult } from '../../domain/gate.ts';
import { escapeMarkup } from '../figures/figure.ts';
import { answerWords, headline, methodWords, nameOf, reachWords, withBounds } from './gate-words.ts';

interface Case {
  readonly group: string;
  readonly name: string;
  readonly answer: GateResult['answer'];
  readonly reason: string;
  readonly more: string;
}

/** JUnit XML: a case a criterion and a floor; inconclusive ones are errors, so that no CI counts them as passed. */
export function gateJunit(result: GateResult): string {
  const cases: Case[] = [
    ...result.criteria
      .filter(({ required }) => required)
      .map((one) => ({
        group: 'criteria',
        name: nameOf(one),
        answer: one.answer,
        reason: one.reason,
        more: [withBounds(one), methodWords(one), reachWords(one)].filter((text) => text !== '').join('\n'),
      })),
    ...result.floors.map(({ id, answer, reason }) => ({
      group: 'floors',
      name: id,
      answer,
      reason,
      more: '',
    })),
    {
      group: 'gate',
      name: 'quorum',
      answer: result.quorum.reached ? 'pass' : 'inconclusive',
      reason: result.quorum.reached ? '' : 'the panel is not quorate',
      more: '',
    },
  ];
  const count = (answer: Case['answer']) => cases.filter((one) => one.answer === answer).length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="quorate gate" tests="${cases.length}" failures="${count('fail')}" errors="${count('inconclusive')}">
<testsuite name="${xml(headline(result))}" tests="${cases.length}" failures="${count('fail')}" errors="${count('inconclusive')}">
${cases.map(testCase).join('\n')}
</testsuite>
</testsuites>
`;
}

function testCase({ group, name, answer, reason, more }: Case): string {
  const open = `<testcase classname="quorate.gate.${group}" name="${xml(name)}">`;
  const body = xml([reason, more].filter((text) => text !== '').join('\n'));
  if (answer === 'pass') return `${open}<system-out>${body}</system-out></testcase>`;
  const tag = answer === 'fail' ? 'failure' : 'error';
  return `${open}<${tag} type="${answerWords[answer].toLowerCase()}" message="${xml(reason)}">${body}</${tag}></testcase>`;
}

/** XML 1.0 excludes most control characters, escaped or not. */
function xml(text: string): string {
  const allowed = text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (bad) => ('\t\n\r'.includes(bad) ? bad : '\ufffd'));
  return escapeMarkup(allowed).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
