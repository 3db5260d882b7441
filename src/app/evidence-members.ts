import type { Job } from '../domain/job.ts';
import type { Rule } from '../domain/rule.ts';
import type { PanelMember } from '../engine/calls/model-endpoint.ts';
import type { AnyRule } from '../raters/rules/rule-rater.ts';
import type { Environment } from './context.ts';
import { endpointsById, type PresentJudge, requireJudge } from './judge-members.ts';
import type { Parts } from './parts.ts';

/** Raters that need more than a model: rules, and fact checks against a corpus. */
export interface EvidenceMembers {
  readonly members: readonly PanelMember[];
  close(): void;
}

export interface RuleOptions {
  /** Rules may run programs of the user's. */
  readonly allowCommands?: boolean;
}

export async function evidenceMembers(
  judges: readonly PresentJudge[],
  job: Job,
  env: Environment,
  options: RuleOptions,
  parts: Parts = {},
): Promise<EvidenceMembers> {
  const rules = await ruleMembers(job, options, parts.rules ?? []);
  const facts = await factMembers(judges, job, env);
  const others = endpointsById(judges);
  const own = (parts.raters ?? []).map((rater) => ({ rater, endpoint: null, others, raterBudget: null }));
  return { members: [...rules, ...facts.members, ...own], close: facts.close };
}

async function ruleMembers(job: Job, options: RuleOptions, own: readonly AnyRule[]): Promise<PanelMember[]> {
  const rules = job.skip.includes('rule') ? [] : [...rulesOf(job), ...own];
  if (rules.length === 0) return [];
  const { openRuleRater } = await import('../raters/rules/rule-rater.ts');
  return [
    { rater: await openRuleRater(rules, options), endpoint: null, others: new Map(), raterBudget: null },
  ];
}

/** The job's own rules and those of its rubrics, which go by `rubric:rule`. */
function rulesOf(job: Job): readonly Rule[] {
  const rubrics = new Map(job.panel.map(({ rubric }) => [rubric.id, rubric]));
  const ofRubrics = [...rubrics.values()].flatMap(({ id, rules = [] }) =>
    rules.map((rule): Rule => ({ ...rule, id: `${id}:${rule.id}` })),
  );
  return [...job.rules, ...ofRubrics];
}

async function factMembers(
  judges: readonly PresentJudge[],
  job: Job,
  env: Environment,
): Promise<EvidenceMembers> {
  const { facts: spec } = job;
  if (spec === null || job.skip.includes('fact')) return { members: [], close() {} };
  const { openFactRater } = await import('../raters/facts/fact-rater.ts');
  const { openCorpus } = await import('../store/corpus/corpus.ts');
  const { openEmbedder } = await import('../providers/openai-compatible/open-embedder.ts');
  const judge = spec.judge === undefined ? null : requireJudge(judges, spec.judge, 'facts.judge');
  const corpus = spec.corpus === undefined ? null : openCorpus(spec.corpus);
  const embedder = spec.embeddings === undefined ? null : openEmbedder(spec.embeddings, env);
  const rater = await openFactRater({
    spec,
    corpus:
      corpus === null ? null : { retriever: corpus.retriever(embedder), fingerprint: corpus.fingerprint() },
    judge: judge === null ? null : { spec: judge.spec, capabilities: judge.endpoint.model.capabilities },
  });
  const raterBudget =
    judge === null || judge.spec.budgetUsd === null
      ? null
      : { name: judge.spec.id, limitUsd: judge.spec.budgetUsd };
  const member = { rater, endpoint: judge?.endpoint ?? null, others: endpointsById(judges), raterBudget };
  return { members: [member], close: () => corpus?.close() };
}
