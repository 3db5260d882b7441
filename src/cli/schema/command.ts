import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';

export const schemaCommand: ProgramCommand = {
  name: 'schema',
  group: 'Parts',
  examples: ['quorate schema job', 'quorate schema --out schemas'],
  register(program, run) {
    program
      .command('schema')
      .description('Print the JSON Schema of a file format; without a name, list the formats.')
      .argument(
        '[name]',
        'job, gate, loop, feedback, import-map, rubric, constitution, item, vote or preference',
      )
      .option('--out <dir>', 'write all of them into this folder instead')
      .action(
        run(async (io, name: string | undefined, options: { out?: string }) => {
          const { schemaNames, publishedSchema, schemaFileName } = await import(
            '../../config/published-schemas.ts'
          );
          const { ConfigError } = await import('../../domain/errors.ts');
          const text = (known: (typeof schemaNames)[number]) =>
            JSON.stringify(publishedSchema(known), null, 2);
          if (options.out !== undefined) {
            const { resolve, join } = await import('node:path');
            const { writeText } = await import('../../files/write-lines.ts');
            const folder = resolve(io.cwd, options.out);
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
            throw new ConfigError(`there is no schema "${name}"`, [], {
              hint: `schemas: ${schemaNames.join(', ')}`,
            });
          }
          line(io, text(known));
          return exitCodes.ok;
        }),
      );
  },
};
