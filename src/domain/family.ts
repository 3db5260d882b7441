/** Name patterns of model families, most specific first. Names follow the vendors' public model ids. */
const families: readonly (readonly [RegExp, string])[] = [
  [/gpt|chatgpt|davinci|\bo[1345](-|$)/, 'gpt'],
  [/claude/, 'claude'],
  [/gemini|gemma|palm/, 'gemini'],
  [/llama|vicuna|alpaca/, 'llama'],
  [/mistral|mixtral|ministral|codestral|magistral/, 'mistral'],
  [/qwen|qwq/, 'qwen'],
  [/deepseek/, 'deepseek'],
  [/glm/, 'glm'],
  [/minimax/, 'minimax'],
  [/mercury/, 'mercury'],
  [/falcon/, 'falcon'],
  [/command-?[ra]|cohere/, 'command'],
  [/grok/, 'grok'],
  [/phi-?\d/, 'phi'],
  [/smollm/, 'smollm'],
  [/nova/, 'nova'],
  [/kimi|moonshot/, 'kimi'],
];

/**
 * The family of a model, derived from its name; null if the name is unknown.
 * @example familyOf('gpt-4o-mini') // 'gpt'
 */
export function familyOf(model: string | null | undefined): string | null {
  if (model === null || model === undefined) return null;
  const name = model.toLowerCase();
  for (const [pattern, family] of families) if (pattern.test(name)) return family;
  return null;
}
