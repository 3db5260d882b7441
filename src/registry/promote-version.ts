import { checkArgument } from '../domain/check-argument.ts';
import type { GateAnswer } from '../domain/gate.ts';
import type { GateEvidence, ModelStage, MoveBasis, RegistryChange } from '../domain/model-version.ts';
import type { ModelRegistry } from '../ports/model-registry.ts';
import { type Author, changeModel, knownVersion, RegistryError } from './change-model.ts';
import type { ModelState, ModelVersion } from './model-state.ts';

/** A gate report with the models that it compared, named as in items and feedback. */
export interface GateReport extends GateEvidence {
  readonly candidate: string;
  readonly baseline_model: string;
}

/** A request to move a version to another stage. */
export interface PromotionRequest {
  readonly version: string;
  readonly to: Exclude<ModelStage, 'candidate'>;
  readonly reason: string;
  /** A gate report to record first, whatever its answer. */
  readonly report?: GateReport | undefined;
  /** Promotes without a passed gate; author and reason are recorded. */
  readonly override?: boolean | undefined;
}

/** The result of a promotion; a refusal is a value. */
export type Promotion =
  | { readonly promoted: true; readonly version: ModelVersion; readonly replaced: string | null }
  | {
      readonly promoted: false;
      readonly version: ModelVersion;
      /** Answer of the latest gate against the version in production; null without one. */
      readonly answer: GateAnswer | null;
      readonly why: string;
      readonly hint: string;
    };

/**
 * Moves a version to another stage. Promotion to production requires a passed gate of this version against the version that
 * is in production now, or an override; the first version of a model needs neither. Of concurrent promotions one wins;
 * the others are refused, because they were decided about another version in production.
 * @throws RegistryError for an invalid request
 * @example
 * import { MemoryRegistry } from 'quorate/stores';
 * const registry = new MemoryRegistry();
 * const author = { by: 'ann', clock: { now: Date.now, sleep: async () => {} } };
 * await registerVersion(registry, 'assistant', { artefact: 'weights/8', lineage: {}, metrics: {} }, author);
 * const move = await promoteVersion(registry, 'assistant', { version: '1', to: 'production', reason: 'first' }, author);
 * if (!move.promoted) console.error(move.why, move.hint);
 */
export async function promoteVersion(
  registry: ModelRegistry,
  model: string,
  request: PromotionRequest,
  author: Author,
): Promise<Promotion> {
  checkArgument('request', request, { version: 'name', to: 'name', reason: 'string' });
  if (request.reason.trim() === '') throw new RegistryError('a promotion needs a reason');
  const { report } = request;
  if (report !== undefined) {
    await changeModel(registry, model, author, (state) => recordGate(state, request.version, report));
  }
  let answer: Promotion | undefined;
  let seen: string | null | undefined;
  const state = await changeModel(registry, model, author, (now) => {
    const version = knownVersion(now, request.version);
    const current = now.production;
    if (seen !== undefined && seen !== (current?.version ?? null)) {
      answer = {
        promoted: false,
        version,
        answer: null,
        why: `"${model}" changed concurrently: version ${current?.version ?? 'none'} is in production now`,
        hint: 'check the new state (quorate models show), then decide again',
      };
      return [];
    }
    seen = current?.version ?? null;
    if (version.stage === request.to) {
      throw new RegistryError(`version ${version.version} of "${model}" is already in ${request.to}`);
    }
    if (version.stage === 'production') {
      throw new RegistryError(
        `version ${version.version} of "${model}" is in production and cannot be moved without a successor`,
        {
          hint: 'promote its successor, or run quorate models rollback',
        },
      );
    }
    const basis = request.to === 'production' ? basisFor(now, version, request) : { kind: 'free' as const };
    if ('promoted' in basis) {
      answer = basis;
      return [];
    }
    answer = undefined;
    const { to, reason } = request;
    const changes: RegistryChange[] = [
      { kind: 'moved', version: version.version, from: version.stage, to, basis, reason },
    ];
    if (to === 'production' && current !== null) changes.unshift(archive(current, version.version, reason));
    return changes;
  });
  if (answer !== undefined) return answer;
  const version = knownVersion(state, request.version);
  const replaced = request.to === 'production' ? (state.previous?.version ?? null) : null;
  return { promoted: true, version, replaced };
}

/** The change that archives the version in production when another one replaces it. */
export function archive(current: ModelVersion, replacement: string, reason: string): RegistryChange {
  return {
    kind: 'moved',
    version: current.version,
    from: 'production',
    to: 'archived',
    basis: { kind: 'replaced', replacement },
    reason,
  };
}

function recordGate(state: ModelState, wanted: string, report: GateReport): RegistryChange[] {
  const version = knownVersion(state, wanted);
  const { candidate, baseline_model, ...evidence } = report;
  if (candidate !== version.served_as) {
    throw new RegistryError(
      `${report.report} evaluates "${candidate}", but version ${wanted} is served as "${version.served_as}"`,
      { hint: 'a gate counts only for the version that it compared' },
    );
  }
  const baseline = state.versions.find(({ served_as }) => served_as === baseline_model);
  if (baseline === undefined) {
    throw new RegistryError(
      `${report.report} compares with "${baseline_model}", which is not a version of "${state.model}"`,
      { hint: `known: ${state.versions.map(({ served_as }) => served_as).join(', ')}` },
    );
  }
  if (version.gates.some((gate) => gate.report_hash === report.report_hash)) return [];
  return [{ kind: 'gated', version: wanted, baseline: baseline.version, ...evidence }];
}

function basisFor(
  state: ModelState,
  version: ModelVersion,
  request: PromotionRequest,
): MoveBasis | Extract<Promotion, { promoted: false }> {
  const { production, model } = state;
  if (request.override === true) return { kind: 'override' };
  if (production === null) return { kind: 'first' };
  const gate = version.gates.findLast(({ baseline }) => baseline === production.version);
  if (gate?.answer === 'pass') return { kind: 'gate', gate: gate.revision };
  const who = `version ${version.version} of "${model}"`;
  const refused = { promoted: false, version, answer: gate?.answer ?? null } as const;
  if (gate === undefined) {
    const other = version.gates.at(-1);
    const stale = other === undefined ? '' : ` (its gate was against version ${other.baseline})`;
    return {
      ...refused,
      why: `${who} has no gate against version ${production.version}, which is in production${stale}`,
      hint: `run quorate gate with "${production.served_as}" as the baseline, then promote with --gate REPORT`,
    };
  }
  const why =
    gate.answer === 'fail'
      ? `${who} failed the gate against version ${production.version}: ${gate.reasons.join('; ')}`
      : `the gate of ${who} against version ${production.version} was inconclusive: ${gate.reasons.join('; ')}`;
  const hint =
    gate.answer === 'fail'
      ? 'train another version; --override promotes despite the gate and records author and reason'
      : 'judge more items and promote with the new report; --override promotes despite the gate';
  return { ...refused, why, hint };
}
