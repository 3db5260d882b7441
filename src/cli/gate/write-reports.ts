import { resolve } from 'node:path';
import type { GateResult } from '../../domain/gate.ts';
import { writeText } from '../../files/write-lines.ts';
import type { PairedItem } from '../../gate/evaluation/paired-item.ts';
import { gateAnnotations } from '../../reports/gate/gate-annotations.ts';
import { gateJunit } from '../../reports/gate/gate-junit.ts';
import { gateMarkdown } from '../../reports/gate/gate-markdown.ts';
import { type CommandIo, line, note } from '../io.ts';
import type { GateFlags } from './gate-flags.ts';
import { gateText } from './text.ts';

/** The verdict in every form that was asked for; the summary for people goes where the data does not. */
export async function writeReports(
  io: CommandIo,
  flags: GateFlags,
  result: GateResult,
  items: readonly PairedItem[],
): Promise<void> {
  const files: [string | undefined, () => string | Promise<string>][] = [
    [flags.writeResult, () => `${JSON.stringify(result, null, 2)}\n`],
    [flags.junit, () => gateJunit(result)],
    [flags.markdown, () => gateMarkdown(result, items)],
    [
      flags.html,
      async () => {
        const { gatePage } = await import('../../reports/gate-page.ts');
        return gatePage(result, items);
      },
    ],
  ];
  for (const [name, make] of files) {
    if (name === undefined) continue;
    await writeText(resolve(io.cwd, name), [await make()]);
    note(io, `wrote ${name}`);
  }
  if (flags.json === true) {
    line(io, JSON.stringify(result, null, 2));
    note(io, gateText(result));
  } else {
    if (flags.annotations === true) io.out(gateAnnotations(result));
    line(io, gateText(result));
  }
}
