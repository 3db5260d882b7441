import {
  type Annotations,
  alternativeAnnotatorTest,
} from '../../stats/agreement/alternative-annotator-test.ts';
import type { AlternativeTestReport } from './agreement-report.ts';
import { type AnswerBook, type Question, valueOfAnswer } from './answer-book.ts';

export interface AlternativeTestSettings {
  readonly epsilon: number;
  readonly falseDiscoveryRate: number;
}

/** Can a judge replace the human raters? Scores of more than two values are compared by RMSE, all else by equality. */
export function measureAlternativeTest(
  book: AnswerBook,
  questions: readonly Question[],
  judges: readonly number[],
  settings: AlternativeTestSettings,
): AlternativeTestReport {
  const humans = new Map<string, Map<string, number>>();
  const answers = new Map<number, Map<string, number>>(judges.map((judge) => [judge, new Map()]));
  const values = new Set<number>();
  questions.forEach((question, index) => {
    for (const [rater, answer] of [...question.labels, ...question.answers]) {
      const value = valueOfAnswer(answer);
      if (value === null) continue;
      const { kind, id } = book.raters[rater]!;
      if (kind === 'human') mapOf(humans, id).set(String(index), value);
      else answers.get(rater)?.set(String(index), value);
      values.add(value);
    }
  });
  const scoring = questions[0]?.kind === 'score' && values.size > 2 ? 'negativeRmse' : 'accuracy';
  return {
    epsilon: settings.epsilon,
    false_discovery_rate: settings.falseDiscoveryRate,
    human: humans.size,
    judges: judges.map((judge) => {
      const rater = book.raters[judge]!.id;
      const result = alternativeAnnotatorTest(answers.get(judge)! as Annotations, humans, {
        ...settings,
        scoring,
      });
      if (!result.defined) {
        const reason = humans.size < 2 ? 'needs at least two human raters' : result.reason;
        return {
          rater,
          winning_rate: null,
          advantage_probability: null,
          passed: null,
          human_tested: 0,
          reason,
        };
      }
      const { winningRate, advantageProbability } = result.value;
      return {
        rater,
        winning_rate: winningRate,
        advantage_probability: advantageProbability,
        passed: winningRate >= 0.5,
        human_tested: result.value.annotators.length,
      };
    }),
  };
}

function mapOf(maps: Map<string, Map<string, number>>, key: string): Map<string, number> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}
