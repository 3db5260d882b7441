import { openLanguageDetector } from '../../text/open-language-detector.ts';
import type { Example } from '../example.ts';
import type { QualityCheck, QualityResult } from './check.ts';
import { clearDifference, difficultyBalance, labelNoise } from './clear-difference.ts';
import { lengthConfound, styleConfound } from './confounds.ts';
import { distinctBigrams, topicBalance } from './diversity.ts';
import { familyWins, modelShare } from './model-share.ts';
import { nearIdentical, refusedResponses, truncated } from './responses.ts';
import { languageMix, toxicity } from './wording.ts';

/** The row checks of one export. */
export interface RowChecks {
  observe(example: Example): void;
  conclude(): readonly QualityResult[];
}

export async function openRowChecks(minProbability: number): Promise<RowChecks> {
  const checks: readonly QualityCheck[] = [
    clearDifference(minProbability),
    difficultyBalance(),
    topicBalance(),
    labelNoise(),
    lengthConfound(),
    styleConfound(),
    nearIdentical(),
    truncated(),
    refusedResponses(),
    modelShare(),
    familyWins(),
    toxicity(),
    languageMix(await openLanguageDetector()),
    distinctBigrams(),
  ];
  return {
    observe(example) {
      for (const check of checks) check.observe(example);
    },
    conclude: () => checks.map((check) => check.conclude()),
  };
}
