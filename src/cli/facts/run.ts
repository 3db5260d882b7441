import { resolve } from 'node:path';
import { checkItems } from '../../app/facts/check-items.ts';
import { evaluateClaims } from '../../app/facts/evaluate-claims.ts';
import { indexCorpus } from '../../app/facts/index-corpus.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { EmbeddingsSpec, FactsSpec } from '../../domain/facts.ts';
import { ruleSeverities } from '../../domain/rule.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { numberOption } from '../number-option.ts';
import { choiceOption, type JudgeFlags, pathsOf } from '../options.ts';
import { trustedJudge } from '../trust/require-consent.ts';
import { checkLines, claimLines } from './text.ts';

export interface IndexFlags {
  readonly corpus: string;
  readonly embeddingsUrl?: string;
  readonly embeddingsModel?: string;
  readonly embeddingsKeyEnv?: string;
  readonly json?: boolean;
}

export interface CheckFlags {
  readonly corpus?: string;
  readonly itemEvidence: boolean;
  readonly refuted: string;
  readonly maxClaims: string;
  readonly out?: string;
  readonly json?: boolean;
}

export interface ClaimFlags extends JudgeFlags {
  readonly passages?: string;
  readonly limit?: string;
  readonly seed: string;
  readonly concurrency: string;
  readonly replies: string;
  readonly retryErrors?: true;
  readonly json?: true;
}

/** `quorate facts index`. */
export async function runIndex(
  io: CommandIo,
  paths: readonly string[],
  flags: IndexFlags,
): Promise<ExitCode> {
  const at = (path: string) => resolve(io.cwd, path);
  const request = { paths: paths.map(at), corpus: at(flags.corpus), embeddings: embeddingsOf(flags) };
  const report = await indexCorpus(request, contextOf(io));
  const { corpus, files, passages, vectors, indexed, unchanged, binary, empty } = report;
  if (flags.json === true) line(io, JSON.stringify(report, null, 2));
  else {
    line(io, `${corpus}: ${files} files, ${passages} passages, ${vectors} vectors`);
    line(io, `${indexed} indexed, ${unchanged} unchanged, ${binary} not text, ${empty} empty`);
  }
  if (passages > 0) return exitCodes.ok;
  note(io, 'The corpus is empty: these paths contain no text.');
  return exitCodes.usage;
}

/** `quorate facts check`. */
export async function runCheck(io: CommandIo, file: string, flags: CheckFlags): Promise<ExitCode> {
  const at = pathsOf(io);
  const { report, unchecked } = await checkItems(
    {
      spec: specOf(flags),
      file: at(file),
      corpus: flags.corpus === undefined ? undefined : at(flags.corpus),
      out: flags.out === undefined ? undefined : at(flags.out),
    },
    contextOf(io),
  );
  if (flags.json === true) line(io, JSON.stringify(report, null, 2));
  else for (const text of checkLines(report)) line(io, text);
  if (unchecked > 0)
    note(io, `${unchecked} items without evidence: give them a reference or context, or name a --corpus`);
  note(io, 'No LLM took part: the checker returns unverifiable when in doubt.');
  return exitCodes.ok;
}

/** `quorate facts eval`. */
export async function runEvaluation(
  io: CommandIo,
  files: readonly string[],
  flags: ClaimFlags,
): Promise<ExitCode> {
  const least = { whole: true, min: 1 };
  const options = {
    seed: numberOption('--seed', flags.seed, { whole: true }),
    passages: flags.passages === undefined ? Infinity : numberOption('--passages', flags.passages, least),
    limit: flags.limit === undefined ? null : numberOption('--limit', flags.limit, least),
    concurrency: numberOption('--concurrency', flags.concurrency, least),
  };
  const named = flags.provider !== undefined || flags.job !== undefined;
  const chosen = named ? await trustedJudge(io, flags) : null;
  const judge = chosen?.spec ?? null;
  const report = await evaluateClaims(
    {
      ...options,
      judge,
      ...(chosen === null ? {} : { providers: chosen.providers }),
      files: files.map((file) => resolve(io.cwd, file)),
      replies: resolve(io.cwd, flags.replies),
      retryErrors: flags.retryErrors === true,
    },
    contextOf(io),
  );
  if (flags.json === true) {
    const head = { verifier: judge?.id ?? 'checker without a model', passages: flags.passages ?? 'all' };
    line(io, JSON.stringify({ ...head, ...report }, null, 2));
  } else for (const text of claimLines(report, judge)) line(io, text);
  return exitCodes.ok;
}

function specOf(flags: CheckFlags): FactsSpec {
  const refuted = choiceOption('--refuted', flags.refuted, ruleSeverities);
  const target = Number(flags.maxClaims);
  if (!Number.isInteger(target) || target < 1) {
    throw new ConfigError(`--max-claims must be a whole number above 0, received "${flags.maxClaims}"`);
  }
  if (!flags.itemEvidence && flags.corpus === undefined) {
    throw new ConfigError('--no-item-evidence leaves nothing to check against', [], {
      hint: 'name a --corpus',
    });
  }
  return { own: flags.itemEvidence, refuted, target, passages: 5, claims: 200 };
}

function embeddingsOf(flags: IndexFlags): EmbeddingsSpec | null {
  const { embeddingsUrl: baseUrl, embeddingsModel: model, embeddingsKeyEnv: keyEnv } = flags;
  if (baseUrl === undefined && model === undefined) return null;
  if (baseUrl === undefined || model === undefined || !/^https?:/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new ConfigError('--embeddings-url (http or https) and --embeddings-model go together');
  }
  return { baseUrl, model, ...(keyEnv !== undefined && { keyEnv }) };
}
