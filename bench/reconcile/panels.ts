import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Item } from '../../src/domain/item.ts';
import type { Vote } from '../../src/domain/vote.ts';
import { readItems } from '../../src/files/items.ts';
import { readVotes } from '../../src/files/votes.ts';
import { matchesAny } from '../../src/reconcile/tables/rater-globs.ts';

/** The recorded votes live beside the repository, not in it; everything here runs from its root. */
export const dataFolder = resolve('../shared/data');

export interface Panel {
  readonly name: string;
  readonly items: readonly Item[];
  readonly votes: readonly Vote[];
  readonly labels: readonly Vote[];
}

const eight: readonly (readonly [set: string, panel: string])[] = [
  ['llmbar', 'vanilla5'],
  ['llmbar', 'cot5'],
  ['llmbar', 'weak4'],
  ['llmbar-case', 'cot5'],
  ['llmbar-human', 'all8'],
  ['judgebench-gpt', 'all10'],
  ['judgebench-gpt', 'weak9'],
  ['judgebench-claude', 'all6'],
];

/** The eight panels, or null where the data folder is absent. */
export async function eightPanels(): Promise<Panel[] | null> {
  if (!existsSync(dataFolder)) return null;
  const definitions = JSON.parse(readFileSync(join(dataFolder, 'panels.json'), 'utf8')) as Record<
    string,
    Record<string, string | string[]>
  >;
  const panels: Panel[] = [];
  for (const [set, panel] of eight) {
    panels.push(await readPanel(set, panel, globsOf(definitions[set]![panel]!)));
  }
  return panels;
}

export async function readPanel(set: string, name: string, globs: readonly string[]): Promise<Panel> {
  const file = (kind: string) => join(dataFolder, 'votes', `${set}.${kind}.jsonl.gz`);
  const votes: Vote[] = [];
  for await (const vote of readVotes(file('votes'))) if (matchesAny(vote.rater, globs)) votes.push(vote);
  const items: Item[] = [];
  for await (const item of readItems(file('items'))) items.push(item);
  const labels: Vote[] = [];
  for await (const label of readVotes(file('labels'))) if (label.rater_kind === 'gold') labels.push(label);
  return { name: `${set} ${name}`, items, votes, labels };
}

function globsOf(definition: string | readonly string[]): readonly string[] {
  if (typeof definition !== 'string') return definition;
  const except = /^\* except (.+)$/.exec(definition);
  return except === null ? ['*'] : ['*', `!${except[1]}`];
}
