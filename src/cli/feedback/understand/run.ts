import { resolve } from 'node:path';
import type { CommentJudge } from '../../../app/feedback/judge-comments.ts';
import { understandEvents } from '../../../app/feedback/understand-events.ts';
import { loadFeedbackSettings } from '../../../config/feedback/load-feedback-settings.ts';
import { contextOf } from '../../app-context.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { numberOption } from '../../number-option.ts';
import type { JudgeFlags } from '../../options.ts';
import { trustedJudge } from '../../trust/require-consent.ts';
import { eventWindow, type WindowFlags } from '../event-window.ts';
import type { SettingsFlags } from '../options.ts';
import { judgedText, understandingText } from './text.ts';

export interface UnderstandFlags extends WindowFlags, JudgeFlags, SettingsFlags {
  readonly store: string;
  readonly limit: string;
  readonly json?: boolean;
  readonly replies: string;
  readonly maxUsd?: string;
  readonly concurrency: string;
  readonly retryErrors?: true;
}

export async function runUnderstand(io: CommandIo, flags: UnderstandFlags): Promise<ExitCode> {
  const limit = numberOption('--limit', flags.limit, { whole: true, min: 0 }) || Infinity;
  const window = eventWindow(flags);
  const { understanding: settings } = await loadFeedbackSettings(flags.settings, io.cwd);
  const judge = await judgeOf(io, flags);
  const request = { store: resolve(io.cwd, flags.store), window, settings, judge };
  const { understanding, judged, budgetEnd } = await understandEvents(request, contextOf(io));
  const issues = understanding.issues.slice(0, limit);
  if (budgetEnd !== null) note(io, `stopped: ${budgetEnd}`);
  if (flags.json === true) {
    line(io, JSON.stringify({ ...understanding, ...(judged && { judged }), issues }, null, 2));
  } else {
    const { complaints, events } = understanding;
    const readers = judged === null ? 'classified by rules, no LLM took part' : judgedText(judged);
    line(io, understandingText({ ...understanding, issues }));
    note(io, `${complaints} complaints and requests in ${events} events; ${readers}`);
  }
  return budgetEnd === null ? exitCodes.ok : exitCodes.budget;
}

async function judgeOf(io: CommandIo, flags: UnderstandFlags): Promise<CommentJudge | null> {
  const { provider, job, model, judge, maxUsd } = flags;
  // an incomplete judge is a mistake, not a request for rules
  if ([provider, job, model, judge, maxUsd].every((flag) => flag === undefined)) return null;
  return {
    concurrency: numberOption('--concurrency', flags.concurrency, { whole: true, min: 1 }),
    maxUsd: maxUsd === undefined ? null : numberOption('--max-usd', maxUsd, { min: 0 }),
    ...(await trustedJudge(io, flags)),
    replies: resolve(io.cwd, flags.replies),
    retryErrors: flags.retryErrors === true,
  };
}
