import { checkArgument } from '../../domain/check-argument.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import type { RubricMode } from '../../domain/rubric.ts';
import type { ChatCapabilities } from '../../ports/chat-model.ts';
import { Judge, type JudgeOptions } from './judge.ts';
import type { JudgeMode } from './judge-mode.ts';
import { listwise } from './listwise.ts';
import { pairwise } from './pairwise.ts';
import { pointwise } from './pointwise.ts';

const modes: Readonly<Record<RubricMode, (spec: JudgeSpec, seed: number) => JudgeMode>> = {
  pairwise,
  pointwise,
  listwise,
};

/**
 * A judge of the panel as a rater.
 * @param capabilities what its model supports; other features are not requested
 * @example
 * import { loadJob } from 'quorate';
 * const { panel, seed } = await loadJob('job.yaml');
 * const judge = createJudge(panel[0]!, { structured: true, logprobs: false, seed: true }, { seed });
 */
export function createJudge(
  spec: JudgeSpec,
  capabilities: ChatCapabilities,
  options: JudgeOptions = { seed: 0 },
): Judge {
  checkArgument('spec', spec, { id: 'name', rubric: { mode: 'name' } });
  checkArgument('capabilities', capabilities, 'object');
  checkArgument('options', options, { seed: 'number' });
  return new Judge(spec, capabilities, modes[spec.rubric.mode](spec, options.seed), options);
}
