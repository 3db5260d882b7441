import { ConfigError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { Job, JudgeSpec } from '../domain/job.ts';
import type { ModelEndpoint, PanelMember } from '../engine/calls/model-endpoint.ts';
import { hashValue } from '../files/content-hash.ts';
import type { Rater } from '../ports/rater.ts';
import { ConstitutionRater } from '../raters/constitution/constitution-rater.ts';
import { VetoRater } from '../raters/constitution/veto-rater.ts';
import { createJudge } from '../raters/llm/create-judge.ts';
import { DebatingJudge } from '../raters/panel/debating-judge.ts';
import { peerJudge, peerOpponent } from '../raters/panel/peer-judge.ts';
import { prepareItem, preparingCalls } from '../raters/panel/prepare-item.ts';
import { recusedJudge } from '../raters/panel/recused-judge.ts';
import { verifiedJudge } from '../raters/panel/verified-judge.ts';

/** A judge of the panel whose model is open. */
export interface PresentJudge {
  readonly spec: JudgeSpec;
  readonly endpoint: ModelEndpoint;
}

/** The judges under their own rubrics: among peers, verified, debating, with work prepared, as the job says. */
export function judgeMembers(present: readonly PresentJudge[], job: Job): PanelMember[] {
  const { seed, prepare, verify, debate, peers } = job;
  if (prepare.criteriaBy !== null) requireJudge(present, prepare.criteriaBy, 'prepare.criteria_by');
  if (prepare.referenceBy !== null) requireJudge(present, prepare.referenceBy, 'prepare.reference_by');
  const verifier = verify === null ? null : requireJudge(present, verify, 'verify');
  const preparing = prepareItem(prepare);
  const options =
    preparing === undefined
      ? {}
      : {
          prepare: preparing,
          preparing: (item: Item) => preparingCalls(prepare, item),
          prepareFingerprint: hashValue(prepare),
        };
  const judges = present.map(({ spec, endpoint }) =>
    createJudge(spec, endpoint.model.capabilities, { seed, ...options }),
  );
  const first = judges.map((judge) =>
    verifier === null || judge.id === verifier.spec.id || judge.kind !== 'llm'
      ? judge
      : verifiedJudge(judge, verifier.spec.id, isHeldToSchema(verifier)),
  );
  // a rater without a model neither gives reasons nor weighs any
  const speakers = judges.filter(({ kind }) => kind === 'llm');
  const second = debate
    ? speakers.map(
        (judge) =>
          new DebatingJudge(
            judge,
            speakers.filter((other) => other !== judge).map((other) => (peers ? peerOpponent(other) : other)),
          ),
      )
    : [];
  const others = endpointsById(present);
  const byId = new Map(present.map((judge) => [judge.spec.id, judge]));
  const recuses = job.reconcile.sameFamily === 'recuse';
  const seated = (rater: Rater) => (peers ? peerJudge(rater) : recuses ? recusedJudge(rater) : rater);
  const member = (rater: Rater, judge: string) => ({ ...asMember(seated(rater), byId.get(judge)!), others });
  return [
    ...first.map((rater) => member(rater, rater.id)),
    ...second.map((rater) => member(rater, rater.judge)),
  ];
}

/** The models of the panel by judge id: what raters ask for by name. */
export function endpointsById(present: readonly PresentJudge[]): ReadonlyMap<string, ModelEndpoint> {
  return new Map(present.map(({ spec, endpoint }) => [spec.id, endpoint]));
}

/** @throws ConfigError where the judge was left out, or has no model that could read. */
export function requireJudge(present: readonly PresentJudge[], id: string, key: string): PresentJudge {
  const found = present.find(({ spec }) => spec.id === id);
  if (found === undefined) {
    throw new ConfigError(`"${key}" names the judge "${id}", which is not there`, [], {
      hint: 'it was skipped because its key or its server is missing: name another one, or make it available',
    });
  }
  if (hasModel(found)) return found;
  throw new ConfigError(`"${key}" names "${id}", which has no model and cannot read a question`, [], {
    hint: 'name a judge with a model',
  });
}

/** A rater without a model answers from features of the texts whatever it is asked. */
export function hasModel({ endpoint }: PresentJudge): boolean {
  return endpoint.model.capabilities.languageModel !== false;
}

function isHeldToSchema({ spec, endpoint }: PresentJudge): boolean {
  return spec.structured === 'auto' && endpoint.model.capabilities.structured;
}

/** The judges once more, asked by each constitution: preferences by its principles, and its vetoes. */
export function constitutionMembers(judges: readonly PresentJudge[], job: Job): PanelMember[] {
  const { constitutions, constitution: settings, seed } = job;
  if (settings === null) return [];
  const asked = judges.filter(
    (judge) => hasModel(judge) && (settings.judges?.includes(judge.spec.id) ?? true),
  );
  return constitutions.flatMap((constitution) =>
    asked.flatMap((judge) => {
      const options = {
        constitution,
        judge: judge.spec,
        capabilities: judge.endpoint.model.capabilities,
        settings,
        seed,
      };
      const vetoes = constitution.principles.some(({ veto }) => veto);
      const raters = [
        job.reconcile.sameFamily === 'recuse'
          ? recusedJudge(new ConstitutionRater(options))
          : new ConstitutionRater(options),
        ...(vetoes ? [new VetoRater(constitution, judge.spec, options.capabilities)] : []),
      ];
      return raters.map((rater) => asMember(rater, judge));
    }),
  );
}

/** Whatever a judge is asked for is paid from the judge's own budget. */
function asMember(rater: Rater, { spec, endpoint }: PresentJudge): PanelMember {
  const raterBudget = spec.budgetUsd === null ? null : { name: spec.id, limitUsd: spec.budgetUsd };
  return { rater, endpoint, others: new Map(), raterBudget };
}
