import { join, resolve } from 'node:path';
import { type Environment, expandVariables } from '../../domain/expand-variables.ts';
import type { FactsSpec } from '../../domain/facts.ts';
import { familyOf } from '../../domain/family.ts';
import type { ConstitutionSpec, Job, JudgeSpec, Price } from '../../domain/job.ts';
import type { Rubric } from '../../domain/rubric.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { Providers } from '../../ports/provider.ts';
import { providerOf } from '../../providers/index.ts';
import { fileId } from '../rubric/load-rubric.ts';
import { defined } from '../yaml/common-schema.ts';
import { asExportSpec } from './export-schema.ts';
import { allocationSchema, constitutionSectionSchema, type WrittenJob } from './job-schema.ts';
import type { WrittenJudge } from './judge-schema.ts';
import type { References } from './load-references.ts';

/** Turns a validated job file into a Job: absolute paths, defaults filled in. */
export function asJob(
  file: string,
  folder: string,
  written: WrittenJob,
  references: References,
  env: Environment,
  providers?: Providers,
): Job {
  const at = (path: string) => resolve(folder, path);
  const name = written.name ?? fileId(file);
  const out = at(written.out);
  const { constitution, budget, reconcile, prepare } = written;
  const kind = written.panel.length > 1 ? 'adaptive' : 'fixed';
  const asked = written.allocation ?? kind;
  const allocation = typeof asked === 'string' ? allocationSchema.parse({ kind: asked }) : asked;
  const files = typeof constitution === 'string' ? constitution : (constitution?.files ?? []);
  return {
    name,
    file,
    items: at(written.items),
    labels: written.labels === undefined ? null : at(written.labels),
    votes: [written.votes].flat().map(at),
    calibration: written.calibration === undefined ? null : at(written.calibration),
    out,
    store: /^postgres(ql)?:\/\//.test(written.store) ? written.store : at(written.store),
    seed: written.seed,
    concurrency: written.concurrency,
    mode: written.mode,
    panel: written.panel.map((judge) =>
      asJudge(judge, at, references.rubrics.get(judge.rubric ?? written.rubric ?? '')!, env, providers),
    ),
    constitutions: [files].flat().map((name) => references.constitutions.get(name)!),
    constitution: constitution === undefined ? null : asConstitutionSpec(constitution, out),
    rules: written.rules,
    facts: written.facts === undefined ? null : asFacts(written.facts, at),
    peers: written.peers,
    verify: written.verify ?? null,
    debate: written.debate,
    prepare: { criteriaBy: prepare.criteria_by ?? null, referenceBy: prepare.reference_by ?? null },
    skip: written.skip,
    allocation: {
      kind: allocation.kind,
      targetError: allocation.target_error,
      maxCallsPerItem: allocation.max_calls_per_item ?? null,
      stages: allocation.stages ?? null,
    },
    budget: { maxUsd: budget.max_usd ?? null, perItemUsd: budget.per_item_usd ?? null },
    reconcile: {
      accept: reconcile.accept,
      targetPrecision: reconcile.target_precision ?? null,
      sameFamily: reconcile.same_family,
      humans: reconcile.humans,
      lengthEffects: reconcile.length_effects,
      quorum: reconcile.quorum,
    },
    exports: written.export.map((entry) =>
      asExportSpec(entry, {
        out: join(out, entry.out),
        at,
        seed: written.seed,
        // reconcile has already applied the acceptance threshold
        minProbability: 0.5,
        title: `Preferences of ${name}`,
      }),
    ),
  };
}

function asFacts(
  { corpus, embeddings, ...rest }: NonNullable<WrittenJob['facts']>,
  at: (path: string) => string,
): FactsSpec {
  return {
    ...defined(rest),
    ...(corpus !== undefined && { corpus: at(corpus) }),
    ...(embeddings !== undefined && {
      embeddings: defined({
        baseUrl: embeddings.base_url,
        model: embeddings.model,
        keyEnv: embeddings.key_env,
      }),
    }),
  };
}

function asJudge(
  written: WrittenJudge,
  at: (path: string) => string,
  named: Rubric,
  env: Environment,
  providers: Providers | undefined,
): JudgeSpec {
  const { provider, reasoning } = written;
  const { modelIsFile, isModel } = providerOf(provider, providers);
  const name = expandVariables(written.model ?? provider, env);
  const model = modelIsFile ? at(name) : name;
  const rubric = written.mode === undefined ? named : { ...named, mode: written.mode };
  return {
    id: written.id ?? written.model ?? provider,
    provider,
    model,
    family: written.family ?? (isModel ? familyOf(written.model) : provider),
    ...defined({
      baseUrl: written.base_url === undefined ? undefined : expandVariables(written.base_url, env),
      keyEnv: written.key_env,
      temperature: written.temperature,
      maxReplyBytes: written.max_reply_bytes,
      maxTokens: written.max_tokens,
      thinkingTokens: written.thinking_tokens ?? (typeof reasoning === 'number' ? reasoning : undefined),
      reasoning,
      topP: written.top_p,
      seed: written.seed,
      stop: typeof written.stop === 'string' ? [written.stop] : written.stop,
      extraBody: written.extra_body,
      headers: written.headers,
      query: written.query,
      authHeader: written.auth_header,
      caFile: written.ca_file === undefined ? undefined : at(written.ca_file),
    }),
    timeoutMs: written.timeout_ms,
    limits: defined(written.limits),
    price: written.price === undefined ? null : asPrice(written.price),
    structured: written.structured,
    rubric,
    rubricHash: hashValue(rubric),
    orders: written.orders,
    samples: written.samples,
    budgetUsd: written.budget_usd ?? null,
    optional: written.when === 'available',
  };
}

function asPrice(written: NonNullable<WrittenJudge['price']>): Price {
  return defined({
    inputPerMtok: written.input_per_mtok,
    outputPerMtok: written.output_per_mtok,
    cachedInputPerMtok: written.cached_input_per_mtok,
    cacheWritePerMtok: written.cache_write_per_mtok,
  });
}

function asConstitutionSpec(written: NonNullable<WrittenJob['constitution']>, out: string): ConstitutionSpec {
  const section = typeof written === 'string' ? constitutionSectionSchema.parse({ files: written }) : written;
  const critique = section.self_critique;
  return {
    judges: section.judges ?? null,
    principlesPerPair: section.principles_per_pair,
    samples: section.samples,
    labels: section.labels,
    temperature: section.temperature,
    clamp: section.clamp ?? null,
    selfCritique:
      critique === undefined
        ? null
        : {
            critic: critique.critic,
            rounds: critique.rounds,
            judges: critique.judges ?? null,
            out: join(out, critique.out),
          },
  };
}
