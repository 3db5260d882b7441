import type { UnderstandingSettings } from '../../domain/feedback-settings.ts';
import {
  type Understanding,
  understandFeedback,
  unsureComments,
} from '../../feedback/understanding/understand-feedback.ts';
import type { EventWindow } from '../../ports/feedback-store.ts';
import type { AppContext } from '../context.ts';
import { withFeedback } from '../stores/feedback-stores.ts';
import { type CommentJudge, type JudgedComments, judgeComments } from './judge-comments.ts';

export interface UnderstandRequest {
  readonly store: string;
  readonly window: EventWindow;
  readonly settings: UnderstandingSettings;
  /** Reads the comments that the rules are unsure of; null: rules only. */
  readonly judge: CommentJudge | null;
}

export interface UnderstoodEvents {
  readonly understanding: Understanding;
  /** Null without a judge. */
  readonly judged: JudgedComments | null;
  /** Why the judge stopped early: its budget is spent. */
  readonly budgetEnd: string | null;
}

/** Classifies complaints and groups similar ones into issues, the most urgent first. */
export function understandEvents(
  { store: file, window, settings, judge }: UnderstandRequest,
  context: AppContext,
): Promise<UnderstoodEvents> {
  return withFeedback(file, async (store) => {
    const asked =
      judge === null ? null : await judgeComments(await unsureComments(store.events(window)), judge, context);
    const understanding = await understandFeedback(store.events(window), {
      at: new Date(context.clock.now()).toISOString(),
      settings,
      ...(asked && { judge: async (comment, byRules) => asked.readingOf(comment) ?? byRules }),
    });
    return { understanding, judged: asked?.judged ?? null, budgetEnd: asked?.budgetEnd ?? null };
  });
}
