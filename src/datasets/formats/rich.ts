import { hashText } from '../../files/content-hash.ts';
import type { Example } from '../example.ts';
import type { DatasetFormat, RowOrReason } from './format.ts';

const turn = (content: string) => [{ role: 'assistant', content }];

/** The column names of distilabel's preference rows, with a message-list prompt so that trainers can read them. */
export const distilabel: DatasetFormat = {
  name: 'distilabel',
  readBy: 'tools that know distilabel columns; TRL',
  row(example: Example): RowOrReason {
    if (example.kind !== 'preference') return `distilabel_has_no_${example.kind}`;
    const probability = example.meta.probability ?? null;
    return {
      prompt: example.prompt,
      prompt_id: hashText(JSON.stringify(example.prompt)),
      chosen: turn(example.chosen),
      chosen_model: example.meta.models[0] ?? null,
      chosen_rating: probability,
      rejected: turn(example.rejected),
      rejected_model: example.meta.models[1] ?? null,
      rejected_rating: probability === null ? null : 1 - probability,
    };
  },
};

/** UltraFeedback's row: one instruction with all its completions and an overall score each. */
export const ultrafeedback: DatasetFormat = {
  name: 'ultrafeedback',
  readBy: 'tools that know UltraFeedback columns',
  row(example: Example): RowOrReason {
    if (example.kind !== 'ranking') return `ultrafeedback_has_no_${example.kind}`;
    return {
      source: example.meta.source,
      instruction: example.prompt.map((message) => message.content).join('\n\n'),
      models: example.answers.map((answer) => answer.model ?? 'unknown'),
      completions: example.answers.map((answer) => ({
        model: answer.model ?? 'unknown',
        response: answer.text,
        overall_score: answer.score,
        rank: answer.rank,
      })),
    };
  },
};

/** Everything known of a row in one object, for one's own scripts. */
export const plain: DatasetFormat = {
  name: 'plain',
  readBy: 'your own scripts',
  row(example: Example): RowOrReason {
    const { meta, kind: _kind, ...content } = example;
    return { ...meta, ...content };
  },
};
