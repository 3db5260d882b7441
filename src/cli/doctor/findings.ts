import type { ProviderErrorKind } from '../../domain/provider-error.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';

interface About {
  readonly judge: string;
  readonly provider: string;
  readonly model: string;
  /** The job goes on without it. */
  readonly optional: boolean;
}

/** What came of asking one judge. */
export type Finding =
  | (About & {
      readonly ok: true;
      readonly detail: string;
      /** False where no budget in dollars could be kept. */
      readonly priced: boolean;
    })
  | (About & {
      readonly ok: false;
      readonly kind: ProviderErrorKind | 'config';
      readonly problem: string;
      readonly todo: string;
    });

/** One line for each judge: what is wrong and what to do. */
export function findingLines(findings: readonly Finding[]): string[] {
  const width = Math.max(0, ...findings.map(({ judge }) => judge.length));
  return findings.map((finding) => {
    const name = finding.judge.padEnd(width);
    if (finding.ok) {
      const price = finding.priced ? '' : '; its price is not known (give `price` for a budget in dollars)';
      return `ok     ${name}  ${finding.detail}${price}`;
    }
    const word = finding.optional ? 'absent' : 'FAILED';
    return `${word} ${name}  ${oneLine(finding.problem)} → ${oneLine(finding.todo)}`;
  });
}

/** Credentials before everything else, since they are what a person must bring. */
export function exitCodeOf(findings: readonly Finding[]): ExitCode {
  const failures = findings.filter((finding) => !finding.ok && !finding.optional);
  const kinds = failures.flatMap((finding) => (finding.ok ? [] : finding.kind));
  if (kinds.includes('auth')) return exitCodes.credentials;
  if (kinds.includes('config')) return exitCodes.usage;
  return kinds.length > 0 ? exitCodes.provider : exitCodes.ok;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
