/** A file by its path (`-` is standard input), or records in memory. */
export type RecordSource<T> = string | Iterable<T>;

/** The records of several sources, one after another, as one stream; nothing is loaded whole. */
export async function* readEach<T>(
  sources: readonly RecordSource<T>[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const source of sources) {
    if (typeof source === 'string') yield* read(source);
    else yield* source;
  }
}

/** What messages call the sources. */
export function namesOf(sources: readonly RecordSource<unknown>[]): string {
  return sources.map((source) => (typeof source === 'string' ? source : 'the records given')).join(', ');
}
