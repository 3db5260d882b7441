/** Counts which models answered under the name that was asked. */
export class AnswerTally {
  readonly #asked: string | null;
  readonly #answers = new Map<string, number>();

  constructor(asked: string | null) {
    this.#asked = asked;
  }

  add(answered: string | null | undefined): void {
    if (typeof answered !== 'string' || answered === '') return;
    this.#answers.set(answered, 1 + (this.#answers.get(answered) ?? 0));
  }

  /** Null where one model answered whose name fits the one asked. */
  found(): { kind: 'several_models' | 'other_model'; votes: number; of: number; message: string } | null {
    const answers = [...this.#answers].sort(([, a], [, b]) => b - a);
    const of = answers.reduce((sum, [, votes]) => sum + votes, 0);
    const [most] = answers;
    if (most === undefined) return null;
    const asked = this.#asked;
    if (answers.length > 1) {
      const names = answers.slice(0, 5).map(([name, votes]) => `${name} (${votes})`);
      return {
        kind: 'several_models',
        votes: of - most[1],
        of,
        message: `${asked ?? 'one model'} was asked, ${answers.length} models answered: ${names.join(', ')}`,
      };
    }
    if (asked === null || sameModel(asked, most[0])) return null;
    const message = `${asked} was asked, ${most[0]} answered`;
    return { kind: 'other_model', votes: of, of, message };
  }
}

/** Providers add dates, tags and paths to a name: one that shares its first word with the other is the same model. */
function sameModel(asked: string, answered: string): boolean {
  const [a, b] = [wordsOf(asked), wordsOf(answered)];
  return a.some((word) => b.some((other) => other.startsWith(word) || word.startsWith(other)));
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z0-9.]+/)
    .filter((word) => /[a-z]{2}/.test(word) && !noName.has(word));
}

/** Words that name no model. */
const noName = new Set([
  'models',
  'model',
  'instruct',
  'chat',
  'latest',
  'mini',
  'gguf',
  'it',
  'preview',
  'fp8',
]);
