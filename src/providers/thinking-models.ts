/** What is known of a family of models that reason before they answer. */
export interface ThinkingFamily {
  readonly name: string;
  readonly models: RegExp;
  /** `always`: it cannot be switched off. `usually`: unless it is. `asked`: only where a request asks for it. */
  readonly thinks: 'always' | 'usually' | 'asked';
  /** How a request switches it off. */
  readonly off?: Off;
}

/** Ways of switching reasoning off; servers that do not know a field ignore or refuse it. */
export interface Off {
  /** Fields of the request. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** A switch that the family reads in the last message of the user. */
  readonly words?: string;
}

const template = (switches: Readonly<Record<string, unknown>>) => ({ chat_template_kwargs: switches });
const enableThinking = template({ enable_thinking: false });

/**
 * The first family that fits a model counts. After the model cards and the API documentation of the makers.
 * An instruct or coder variant of a reasoning family does not reason.
 */
const families: readonly ThinkingFamily[] = [
  {
    name: 'not reasoning',
    models:
      /non-?(thinking|reasoning)|no-?think|qwen3[^/]*(instruct|coder|embedding|reranker)|gpt-5[^/]*chat/i,
    thinks: 'asked',
  },
  { name: 'gpt-oss', models: /gpt-oss/i, thinks: 'always' },
  { name: 'o-series', models: /(^|[/:])o[134](-|$)/i, thinks: 'always' },
  {
    name: 'gpt-5.1 and later',
    models: /gpt-(5\.[1-9]|[6-9])/i,
    thinks: 'usually',
    off: { fields: { reasoning_effort: 'none' } },
  },
  { name: 'gpt-5', models: /gpt-5/i, thinks: 'always' },
  {
    name: 'claude',
    models: /claude-(opus|sonnet|haiku|fable|mythos)-([5-9]|4-[6-9])/i,
    thinks: 'usually',
    off: {},
  },
  { name: 'claude, earlier', models: /claude/i, thinks: 'asked', off: {} },
  {
    name: 'gemini flash',
    models: /gemini-2\.5-flash/i,
    thinks: 'usually',
    off: { fields: { reasoning_effort: 'none' } },
  },
  { name: 'gemini', models: /gemini-(2\.5|[3-9])/i, thinks: 'always' },
  { name: 'deepseek-r1', models: /deepseek-(r\d|reasoner)|r1-distill/i, thinks: 'always' },
  {
    name: 'deepseek',
    models: /deepseek-(v3\.[1-9]|v[4-9])/i,
    thinks: 'asked',
    off: { fields: template({ thinking: false }) },
  },
  { name: 'qwq', models: /qwq|qvq/i, thinks: 'always' },
  { name: 'qwen3 thinking', models: /qwen-?3[^/]*thinking/i, thinks: 'always' },
  {
    name: 'qwen3',
    models: /qwen-?3/i,
    thinks: 'usually',
    off: { fields: enableThinking, words: '/no_think' },
  },
  {
    name: 'glm',
    models: /glm-?(4\.[5-9]|[5-9])/i,
    thinks: 'usually',
    off: { fields: enableThinking, words: '/nothink' },
  },
  { name: 'glm-z1', models: /glm-?z1/i, thinks: 'always' },
  { name: 'magistral', models: /magistral/i, thinks: 'always' },
  { name: 'grok-4', models: /grok-(4(?!.*fast)|[5-9])|grok-3-mini|grok-code/i, thinks: 'always' },
  {
    name: 'nemotron',
    models: /nemotron/i,
    thinks: 'usually',
    off: { fields: enableThinking, words: '/no_think' },
  },
  { name: 'minimax', models: /minimax-?m[12]/i, thinks: 'always' },
  { name: 'kimi thinking', models: /kimi[^/]*thinking/i, thinks: 'always' },
  {
    name: 'kimi',
    models: /kimi-k(2\.[5-9]|[3-9])/i,
    thinks: 'usually',
    off: { fields: template({ thinking: false }) },
  },
  {
    name: 'ernie',
    models: /ernie-(x\d|[\w.-]*thinking|5)/i,
    thinks: 'usually',
    off: { fields: enableThinking },
  },
  { name: 'hunyuan-t1', models: /hunyuan-t1/i, thinks: 'always' },
  {
    name: 'hunyuan',
    models: /hunyuan/i,
    thinks: 'usually',
    off: { fields: enableThinking, words: '/no_think' },
  },
  { name: 'phi reasoning', models: /phi-?4[^/]*reasoning/i, thinks: 'always' },
  {
    name: 'smollm',
    models: /smollm-?3/i,
    thinks: 'usually',
    off: { fields: enableThinking, words: '/no_think' },
  },
  {
    name: 'seed',
    models: /seed-(oss|1\.[6-9])|doubao-[^/]*thinking/i,
    thinks: 'usually',
    off: { fields: { thinking: { type: 'disabled' } } },
  },
  {
    name: 'granite',
    models: /granite-?(3\.[2-9]|4)/i,
    thinks: 'asked',
    off: { fields: template({ thinking: false }) },
  },
  {
    name: 'by name',
    models: /thinking|reason(ing|er)|[-_]think\b|exaone-deep|openthinker|skywork-or1|marco-o1/i,
    thinks: 'always',
  },
];

/** Room for thinking where the job does not say, in tokens; a cut-off judgement is paid for and worth nothing. */
export const defaultRoomTokens = 8192;

/** What is known of a model's reasoning; undefined for one that is not known to reason. */
export function thinkingFamily(model: string): ThinkingFamily | undefined {
  return families.find(({ models }) => models.test(model));
}

/** Whether a model reasons without being asked; its reasoning counts as output tokens. */
export function isThinkingModel(model: string): boolean {
  const family = thinkingFamily(model);
  return family !== undefined && family.thinks !== 'asked';
}

/** Tokens to allow on top of the answer. */
export function thinkingRoomTokens(model: string, asked: number | undefined): number {
  return asked ?? (isThinkingModel(model) ? defaultRoomTokens : 0);
}
