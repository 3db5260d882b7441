import { QuorateError } from '../../domain/errors.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { ProviderError, type ProviderErrorKind } from '../../domain/provider-error.ts';
import type { ChatModel, ChatRequest } from '../../ports/chat-model.ts';
import type { Providers } from '../../ports/provider.ts';
import { missingKey, openModel, priceOf, providerOf } from '../../providers/index.ts';
import type { Environment } from '../../providers/model-key.ts';

interface About {
  readonly judge: string;
  readonly provider: string;
  readonly model: string;
  /** The job runs without it. */
  readonly optional: boolean;
}

/** The result of one test call to a judge. */
export type JudgeDiagnosis =
  | (About & {
      readonly ok: true;
      readonly detail: string;
      /** False: no budget in dollars can be enforced. */
      readonly priced: boolean;
    })
  | (About & {
      readonly ok: false;
      readonly kind: ProviderErrorKind | 'config';
      readonly problem: string;
      readonly todo: string;
    });

/** A small question is answered well within this, or the server is not usable. */
const timeoutMs = 30_000;

const smokeQuestion: ChatRequest = {
  messages: [
    { role: 'system', content: 'You compare two answers and name the better one.' },
    {
      role: 'user',
      content: 'Question: What is 2 + 2?\nA: 4\nB: 22\nWhich answer is better? Reply with A or B.',
    },
  ],
  maxTokens: 64,
};

const smokeSchema = {
  name: 'smoke_verdict',
  json: {
    type: 'object',
    properties: { better: { type: 'string', enum: ['A', 'B'] } },
    required: ['better'],
    additionalProperties: false,
  },
};

/** Makes one test call to each judge, all at once. A judge that fails is a diagnosis, not an exception. */
export function diagnoseJudges(
  panel: readonly JudgeSpec[],
  env: Environment,
  signal: AbortSignal,
  providers?: Providers,
): Promise<JudgeDiagnosis[]> {
  return Promise.all(panel.map((judge) => diagnoseJudge(judge, env, signal, providers)));
}

async function diagnoseJudge(
  judge: JudgeSpec,
  env: Environment,
  signal: AbortSignal,
  providers: Providers | undefined,
): Promise<JudgeDiagnosis> {
  const about = { judge: judge.id, provider: judge.provider, model: judge.model, optional: judge.optional };
  let model: ChatModel | null = null;
  try {
    const missing = missingKey(judge, env, providers);
    if (missing !== null)
      return {
        ...about,
        ok: false,
        kind: 'auth',
        problem: `${missing} is not set`,
        todo: `export ${missing}=…`,
      };
    model = await openModel({ ...judge, timeoutMs: Math.min(judge.timeoutMs, timeoutMs) }, env, providers);
    const priced = (await priceOf(judge, providers)) !== null;
    if (model.capabilities.languageModel === false)
      return { ...about, ok: true, priced, detail: 'no language model: text features' };
    const started = performance.now();
    const reply = await model.complete(questionFor(model), { signal });
    return {
      ...about,
      ok: true,
      priced,
      detail: `${reply.modelAnswered ?? 'a model'} answered in ${((performance.now() - started) / 1000).toFixed(1)} s`,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!QuorateError.isInstance(error)) throw error;
    if (!providerOf(judge.provider, providers).canAnswerNewQuestions && error instanceof ProviderError) {
      return { ...about, ok: true, priced: true, detail: 'recorded replies are available' };
    }
    const kind = error instanceof ProviderError ? error.kind : 'config';
    return { ...about, ok: false, kind, problem: error.message, todo: error.hint ?? 'see the message' };
  } finally {
    await model?.close?.();
  }
}

function questionFor(model: ChatModel): ChatRequest {
  return model.capabilities.structured ? { ...smokeQuestion, schema: smokeSchema } : smokeQuestion;
}
