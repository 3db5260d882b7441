import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { feedbackSettingsFile, loadFeedbackSettings } from '../../config/feedback/load-feedback-settings.ts';
import type { CommandSpec, LoopSpec } from '../../domain/loop.ts';
import type { AlertSettings } from '../../domain/routing.ts';
import { type Access, outside, type ProjectAccess, projectRoot, scriptsOf } from './access.ts';
import { addressKind } from './address-kind.ts';

/** What the commands of a loop file would run, send, read and write. Runs nothing. */
export async function accessOfLoop(loop: LoopSpec): Promise<ProjectAccess> {
  const { file, folder, train, triggers, cadence } = loop;
  const root = projectRoot(file);
  const commands: readonly (readonly [string, CommandSpec | null])[] = [
    ['train', train],
    ...Object.entries(cadence).map(([task, { work }]) => [`cadence.${task}.work`, work] as const),
    ...Object.entries(triggers).map(
      ([id, { action }]) => [`triggers.${id}.action`, typeof action === 'string' ? null : action] as const,
    ),
  ];
  const given = commands.flatMap(([by, spec]) => (spec === null ? [] : [{ by, spec }]));
  const feedback = [join(folder, feedbackSettingsFile)].filter((path) => existsSync(path));
  const { alerts } = await loadFeedbackSettings(undefined, folder);
  return {
    file,
    files: [file, ...feedback, ...given.flatMap(({ spec }) => scriptsOf(wordsOf(spec), folder))],
    access: [
      ...given.map(
        ({ by, spec }): Access => ({
          kind: 'command',
          what: wordsOf(spec).join(' '),
          by: spec.env.length === 0 ? by : `${by}, with ${spec.env.join(', ')}`,
          needsTrust: true,
        }),
      ),
      ...accessOfAlerts(alerts, folder, root),
      ...outside(root, 'write', [
        { path: loop.out, by: 'out' },
        { path: loop.state, by: 'state' },
        { path: loop.registry, by: 'registry' },
        { path: loop.feedback, by: 'feedback' },
      ]),
      ...outside(root, 'read', [
        ...loop.preferences.map((path) => ({ path, by: 'preferences' })),
        ...loop.votes.map((path) => ({ path, by: 'votes' })),
        ...(train === null ? [] : [{ path: train.dataset, by: 'train.dataset' }]),
      ]),
    ],
  };
}

/** Where the alerts of a feedback file go. */
export function accessOfAlerts({ webhook, log }: AlertSettings, folder: string, root: string): Access[] {
  const writes = outside(root, 'write', [{ path: resolve(folder, log), by: 'alerts.log' }]);
  if (webhook === undefined) return writes;
  const { host, hostname } = new URL(webhook.url);
  const address = addressKind(hostname);
  const needsTrust = address === 'link-local' || address === 'cloud metadata';
  return [{ kind: 'host', what: host, address, by: 'alerts.webhook', needsTrust }, ...writes];
}

function wordsOf({ command }: CommandSpec): readonly string[] {
  return 'shell' in command ? [command.shell] : command.run;
}
