/** The records of several files, one file after the other. `read` is `readItems`, `readVotes`, … */
export async function* readEach<T>(
  files: readonly string[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const file of files) yield* read(file);
}
