/** Judges that a new project can start with, as YAML for its panel. They join in when their key or server is there. */
export const judgeSnippets: Readonly<Record<JudgeChoice, readonly string[]>> = {
  openai: ['id: gpt', 'provider: openai', 'model: gpt-5-mini', 'key_env: OPENAI_API_KEY', 'when: available'],
  anthropic: [
    'id: claude',
    'provider: anthropic',
    'model: claude-haiku-4-5',
    'key_env: ANTHROPIC_API_KEY',
    'when: available',
  ],
  ollama: [
    'id: ollama',
    'provider: openai-compatible',
    'base_url: http://127.0.0.1:11434/v1',
    'model: llama3.2',
    'price: {input_per_mtok: 0, output_per_mtok: 0}',
    'when: available',
  ],
};

export const judgeChoices = ['openai', 'anthropic', 'ollama'] as const;
export type JudgeChoice = (typeof judgeChoices)[number];

/** The job with its marker line replaced by the chosen judges. */
export function withJudges(job: string, judges: readonly JudgeChoice[]): string {
  const entries = judges.map((judge) => `  - ${judgeSnippets[judge].join('\n    ')}\n`);
  return job.replace('  # judges\n', entries.join(''));
}
