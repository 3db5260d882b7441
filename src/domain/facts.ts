import type { RuleSeverity } from './rule.ts';

/** How responses are checked against sources: section `facts` of a job. */
export interface FactsSpec {
  /** Absolute path of an index that `quorate facts index` built. */
  readonly corpus?: string;
  /** Also check against the item's own reference and context. */
  readonly own: boolean;
  /** Judge id that splits responses into claims and verifies them; absent: the checker without a model. */
  readonly judge?: string;
  /** Effect of a refuted claim. */
  readonly refuted: RuleSeverity;
  /** K of F1@K (Wei et al. 2024, SAFE): supported claims beyond K do not raise the recall. */
  readonly target: number;
  /** Passages retrieved per claim. */
  readonly passages: number;
  /** Maximum number of claims checked per response. */
  readonly claims: number;
  /** Embeddings endpoint for hybrid search in the corpus. */
  readonly embeddings?: EmbeddingsSpec;
}

/** An OpenAI-compatible /embeddings endpoint. */
export interface EmbeddingsSpec {
  readonly baseUrl: string;
  readonly model: string;
  /** Name of the environment variable that holds the key; never the key. */
  readonly keyEnv?: string;
}
