import type { Hono } from 'hono';
import { version } from '../files/version.ts';
import { type AppParts, createApp } from './app.ts';
import type { ServerEnv } from './route.ts';
import { type FeedbackParts, feedbackRoutes } from './routes/feedback.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { healthRoutes, openApiRoutes } from './routes/service.ts';
import { widgetRoutes } from './routes/widget.ts';

interface FeedbackAppParts extends FeedbackParts, Omit<AppParts, 'modules' | 'maxBodyBytes'> {
  /** The built widget; null where there is none. */
  readonly widget: string | null;
  readonly maxBodyBytes?: number | undefined;
}

/** The HTTP API with all its routes, for `quorate serve` and for servers of callers. */
export function createFeedbackApp(parts: FeedbackAppParts): Hono<ServerEnv> {
  const { widget, maxBodyBytes = 8 * 1024 * 1024 } = parts;
  const modules = [healthRoutes, interactionRoutes(parts), feedbackRoutes(parts), widgetRoutes(widget)];
  return createApp({ ...parts, maxBodyBytes, modules: [...modules, openApiRoutes(modules, version)] });
}
