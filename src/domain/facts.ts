import type { RuleSeverity } from './rule.ts';

/** How responses are checked against what is known. */
export interface FactsSpec {
  /** Absolute path of an index that `quorate facts index` built. */
  readonly corpus?: string;
  /** Also check against the item's own reference and context. */
  readonly own: boolean;
  /** Judge id that splits responses into claims and judges them; absent: the checker without a model. */
  readonly judge?: string;
  /** What a refuted claim does. */
  readonly refuted: RuleSeverity;
  /** K of F1@K: so many supported claims are as good as any more. */
  readonly target: number;
  /** Passages looked at for each claim. */
  readonly passages: number;
  /** Most claims of one response that are checked. */
  readonly claims: number;
  /** A server of embeddings, for hybrid search in the corpus. */
  readonly embeddings?: EmbeddingsSpec;
}

/** An OpenAI-compatible /embeddings endpoint. */
export interface EmbeddingsSpec {
  readonly baseUrl: string;
  readonly model: string;
  /** Name of the environment variable that holds the key; never the key. */
  readonly keyEnv?: string;
}
