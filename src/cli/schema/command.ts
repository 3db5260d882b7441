import type { ProgramCommand } from '../command.ts';
import type { SchemaFlags } from './run.ts';

export const schemaCommand: ProgramCommand = {
  name: 'schema',
  group: 'Parts',
  examples: ['quorate schema job', 'quorate schema --out schemas'],
  register(program, run) {
    program
      .command('schema')
      .description('Print the JSON Schema of a file format, or list the formats.')
      .argument(
        '[name]',
        'job, gate, loop, feedback, import-map, rubric, constitution, item, vote or preference',
      )
      .option('--out <folder>', 'write all schemas into this folder')
      .action(
        run(async (io, name: string | undefined, flags: SchemaFlags) => {
          const { runSchema } = await import('./run.ts');
          return runSchema(io, name, flags);
        }),
      );
  },
};
