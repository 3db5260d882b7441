import type { Example } from '../example.ts';
import type { DatasetFormat, RowOrReason } from './format.ts';

/** OpenAI-style JSONL, which Azure, Together and Fireworks read: preference pairs and chat completions. */
export const openai: DatasetFormat = {
  name: 'openai',
  readBy: 'Azure AI Foundry, Together, Fireworks',
  row(example: Example): RowOrReason {
    switch (example.kind) {
      case 'preference':
        return {
          input: { messages: example.prompt, tools: [], parallel_tool_calls: true },
          preferred_output: [{ role: 'assistant', content: example.chosen }],
          non_preferred_output: [{ role: 'assistant', content: example.rejected }],
        };
      case 'completion':
        if (!example.label) return 'undesirable_response';
        return { messages: [...example.prompt, { role: 'assistant', content: example.completion }] };
      default:
        return `openai_has_no_${example.kind}`;
    }
  },
};
