import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { loadFeedbackSettings } from '../../../config/feedback/load-feedback-settings.ts';
import { understandFeedback, unsureComments } from '../../../feedback/understanding/understand-feedback.ts';
import { oneLine } from '../../../reports/text/one-line.ts';
import { textTable } from '../../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { numberOption } from '../../number-option.ts';
import { eventWindow, type WindowFlags } from '../event-window.ts';
import { type CommentJudgeFlags, judgeComments, judgedText } from './judge-comments.ts';

export interface UnderstandFlags extends WindowFlags, CommentJudgeFlags {
  readonly store: string;
  readonly config?: string;
  readonly limit: string;
  readonly json?: boolean;
}

export async function understandEvents(io: CommandIo, flags: UnderstandFlags): Promise<ExitCode> {
  const limit = numberOption('--limit', flags.limit, { whole: true, min: 0 }) || Infinity;
  const window = eventWindow(flags);
  const { understanding: settings } = await loadFeedbackSettings(flags.config, io.cwd);
  const store = await openFeedbackStore(flags.store, io.cwd, { mustExist: true });
  try {
    const { provider, job, model, judge, maxUsd } = flags;
    // half a judge is a mistake, not a wish for rules
    const named = [provider, job, model, judge, maxUsd].some((flag) => flag !== undefined);
    const asked = named ? await judgeComments(io, await unsureComments(store.events(window)), flags) : null;
    const found = await understandFeedback(store.events(window), {
      at: new Date().toISOString(),
      settings,
      ...(asked && { judge: async (comment, byRules) => asked.readingOf(comment) ?? byRules }),
    });
    const end = asked?.budgetEnd == null ? exitCodes.ok : exitCodes.budget;
    if (asked?.budgetEnd != null) note(io, `stopped: ${asked.budgetEnd}`);
    const issues = found.issues.slice(0, limit);
    if (flags.json === true) {
      line(io, JSON.stringify({ ...found, ...(asked && { judged: asked.judged }), issues }, null, 2));
      return end;
    }
    line(
      io,
      textTable(
        found.categories.filter(({ events }) => events > 0),
        [
          { title: 'category', text: ({ category }) => category },
          { title: 'events', right: true, text: ({ events }) => String(events) },
          { title: 'weight', right: true, text: ({ weight }) => weight.toFixed(1) },
          { title: 'confidence', right: true, text: (row) => row.mean_confidence?.toFixed(2) ?? '' },
        ],
      ),
    );
    for (const issue of issues) {
      line(io);
      line(
        io,
        `${issue.priority.toFixed(2)}  ${oneLine(issue.title)}  (${issue.events.length} events, last ${issue.last_seen})`,
      );
      for (const example of issue.examples) line(io, `      ${oneLine(example)}`);
    }
    note(
      io,
      `${found.complaints} complaints and wishes in ${found.events} events; ${asked === null ? 'read by rules, no LLM took part' : judgedText(asked.judged)}`,
    );
    return end;
  } finally {
    await store.close();
  }
}
