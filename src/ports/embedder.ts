/** Turns texts into vectors whose angle says how alike they are. */
export interface Embedder {
  /** Vectors of different models are never compared. */
  readonly model: string;
  /** One vector per text, in their order. @throws ProviderError */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
}
