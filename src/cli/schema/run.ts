import { join, resolve } from 'node:path';
import { publishedSchema, schemaFileName, schemaNames } from '../../config/published-schemas.ts';
import { ConfigError } from '../../domain/errors.ts';
import { writeText } from '../../files/write-lines.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';

export interface SchemaFlags {
  readonly out?: string;
}

/** `quorate schema`: one schema, all of them into a folder, or their names. */
export async function runSchema(
  io: CommandIo,
  name: string | undefined,
  { out }: SchemaFlags,
): Promise<ExitCode> {
  const text = (known: (typeof schemaNames)[number]) => JSON.stringify(publishedSchema(known), null, 2);
  if (out !== undefined) {
    const folder = resolve(io.cwd, out);
    for (const known of schemaNames)
      await writeText(join(folder, schemaFileName(known)), [text(known), '\n']);
    note(io, `${schemaNames.length} schemas written to ${folder}`);
    return exitCodes.ok;
  }
  if (name === undefined) {
    for (const known of schemaNames) line(io, known);
    return exitCodes.ok;
  }
  const known = schemaNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new ConfigError(`there is no schema "${name}"`, [], { hint: `schemas: ${schemaNames.join(', ')}` });
  }
  line(io, text(known));
  return exitCodes.ok;
}
