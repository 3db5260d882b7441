import { resolve } from 'node:path';
import { type Gate, loadGate } from '../../config/gate/load-gate.ts';
import { ConfigError } from '../../domain/errors.ts';
import { defaultGateSettings, type GateSettings } from '../../domain/gate-settings.ts';
import { checkParts } from '../check-parts.ts';
import { type AppContext, appContext } from '../context.ts';
import type { DefinedJob } from '../define-job.ts';
import { knownParts } from '../load-plugin.ts';
import { mergedParts } from '../parts.ts';
import { type GateOutcome, type GateRequest, runGate as runWith } from './run-gate.ts';

/**
 * A gate as a library caller gives it; relative paths start from `folder`.
 * @example
 * const input: GateInput = { candidate: 'new.jsonl', baseline: 'old.jsonl', votes: 'votes.jsonl' };
 */
export interface GateInput
  extends Pick<GateRequest, 'sequential' | 'retryErrors' | 'allowCommands' | 'parts'> {
  /** A gate file, a loaded gate, or settings; default: the default settings, which need recorded votes. */
  readonly gate?: string | Gate | Partial<GateSettings>;
  /** A file of responses, or the model (or id) of candidates in the items file. */
  readonly candidate: string;
  /** The same, or a committed baseline. */
  readonly baseline: string;
  readonly items?: string;
  readonly votes?: string | readonly string[];
  readonly labels?: string | readonly string[];
  /** Where the votes are written as JSONL. */
  readonly votesOut?: string;
  readonly folder?: string;
}

/**
 * Compares the responses of a candidate model with those of a baseline: pass, fail or inconclusive.
 * @throws ConfigError that names the wrong member, InputError, StoreError, ProviderError.
 * @example
 * const { result } = await runGate({ candidate: 'new.jsonl', baseline: 'old.jsonl', votes: 'votes.jsonl' });
 * process.exitCode = result.answer === 'pass' ? 0 : 1;
 */
export async function runGate(input: GateInput, options: Partial<AppContext> = {}): Promise<GateOutcome> {
  if (typeof input !== 'object' || input === null) {
    throw new ConfigError('runGate needs an object: { candidate, baseline, … }');
  }
  const { folder = process.cwd(), sequential, retryErrors, allowCommands } = input;
  const at = (path: string) => resolve(folder, path);
  const context = appContext(options);
  const side = (role: 'candidate' | 'baseline') => {
    const name = pathOf(input[role], role);
    return { name, file: at(name) };
  };
  const list = (member: 'votes' | 'labels') =>
    [input[member] ?? []].flat().map((path, index) => at(pathOf(path, `${member}[${index}]`)));
  const optional = (member: 'items' | 'votesOut') =>
    input[member] === undefined ? undefined : at(pathOf(input[member], member));
  const request = {
    candidate: side('candidate'),
    baseline: side('baseline'),
    items: optional('items'),
    votes: list('votes'),
    labels: list('labels'),
    votesOut: optional('votesOut'),
    sequential,
    retryErrors,
    allowCommands,
  };
  if (input.parts !== undefined) checkParts(input.parts, 'parts.');
  const gate = await gateOf(input, at, context);
  const parts = mergedParts(
    gate.job !== null && 'parts' in gate.job ? (gate.job as DefinedJob).parts : {},
    input.parts,
  );
  return runWith({ ...request, gate, parts }, context);
}

async function gateOf(
  { gate, parts = {} }: GateInput,
  at: (path: string) => string,
  { env }: AppContext,
): Promise<Gate> {
  if (typeof gate === 'string') return loadGate(at(gate), env, knownParts(parts));
  if (gate === undefined) return { settings: defaultGateSettings, job: null };
  if (typeof gate !== 'object' || gate === null)
    throw new ConfigError('gate must be a path, a gate or settings');
  if ('settings' in gate) return gate;
  return { settings: { ...defaultGateSettings, ...gate }, job: null };
}

function pathOf(value: unknown, member: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ConfigError(
    `${member} must be a non-empty string, received ${value === '' ? 'an empty one' : typeof value}`,
  );
}
