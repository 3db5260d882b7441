import type { Preference } from '../../domain/preference.ts';
import { openLanguageDetector } from '../../text/open-language-detector.ts';
import type { Example } from '../example.ts';
import type { SplitPlan } from '../splits/plan-splits.ts';
import type { QualityCheck, QualityResult } from './check.ts';
import { clearDifference, difficultyBalance, labelNoise } from './clear-difference.ts';
import { lengthConfound, styleConfound } from './confounds.ts';
import { consistency } from './consistency.ts';
import { distinctBigrams, promptDiversity, topicBalance } from './diversity.ts';
import { familyWins, modelShare } from './model-share.ts';
import { nearIdentical, refusedResponses, truncated } from './responses.ts';
import { languageMix, toxicity } from './wording.ts';

/** All checks over one export. */
export interface QualityRun {
  observe(example: Example): void;
  observePreference(preference: Preference): void;
  conclude(plan: SplitPlan): readonly QualityResult[];
}

export async function openQualityRun(minProbability: number): Promise<QualityRun> {
  const agreement = consistency();
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
    observePreference(preference) {
      if (preference.status === 'accepted') agreement.observe(preference);
    },
    conclude: (plan) => [
      agreement.conclude(),
      promptDiversity(plan),
      ...checks.map((check) => check.conclude()),
    ],
  };
}
