/**
 * Maps texts to embedding vectors; the cosine of two vectors measures the similarity of their texts.
 *
 * To use your own embedding model, implement this interface.
 * @example
 * const embedder: Embedder = {
 *   model: 'my-model',
 *   embed: async (texts) => texts.map((text) => Float32Array.of(text.length, 1)),
 * };
 */
export interface Embedder {
  /** Name of the model. Vectors of different models are never compared. */
  readonly model: string;
  /** One vector per text, in the same order and all of one length. @throws ProviderError */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
}
