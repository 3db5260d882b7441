/** Name fragments that tell a model's family, most specific first. Names follow the vendors' public model ids. */
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

/** The family a model belongs to by its name, or null where the name does not tell. */
export function familyOf(model: string | null | undefined): string | null {
  if (model === null || model === undefined) return null;
  const name = model.toLowerCase();
  for (const [pattern, family] of families) if (pattern.test(name)) return family;
  return null;
}
