import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { interceptFetch } from '../../../test/support/intercept-fetch.ts';
import { ConfigError } from '../../domain/errors.ts';
import { openEmbedder } from './open-embedder.ts';

const baseUrl = 'https://embeddings.example/v1';
const network = interceptFetch();
const embed = (texts: readonly string[], env = {}) =>
  openEmbedder({ baseUrl, model: 'small' }, env).embed(texts, new AbortController().signal);
const answer = (data: unknown) =>
  network.use(
    http.post(`${baseUrl}/embeddings`, () => HttpResponse.json({ object: 'list', model: 'small', data })),
  );
const place = (index: number, embedding: unknown) => ({ object: 'embedding', index, embedding });

describe('openEmbedder', () => {
  it('gives vectors in the order of the texts, whatever the order of the reply', async () => {
    answer([place(1, [0, 1]), place(0, [1, 0])]);
    expect(await embed(['first', 'second'])).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
  });

  it('takes vectors without places in the order of the reply', async () => {
    answer([{ embedding: [1, 0] }, { embedding: [0, 1] }]);
    expect(await embed(['first', 'second'])).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
  });

  it('sends the key of the environment, and no header without one', async () => {
    const keys: (string | null)[] = [];
    network.use(
      http.post(`${baseUrl}/embeddings`, ({ request }) => {
        keys.push(request.headers.get('authorization'));
        return HttpResponse.json({ data: [place(0, [1])] });
      }),
    );
    const spec = { baseUrl, model: 'small', keyEnv: 'EMBED_KEY' };
    await openEmbedder(spec, { EMBED_KEY: 'secret-0123456789' }).embed(['x'], new AbortController().signal);
    await embed(['x']);
    expect(keys).toEqual(['Bearer secret-0123456789', null]);
  });

  it.each([undefined, ''])('throws ConfigError where the key is %j', (EMBED_KEY) => {
    const spec = { baseUrl, model: 'small', keyEnv: 'EMBED_KEY' };
    expect(() => openEmbedder(spec, { EMBED_KEY })).toThrow(ConfigError);
  });

  const malformed: readonly (readonly [what: string, data: unknown])[] = [
    ['no list', undefined],
    ['too few vectors', [place(0, [1])]],
    ['too many vectors', [place(0, [1]), place(1, [1]), place(2, [1])]],
    ['vectors of two lengths', [place(0, [1]), place(1, [1, 2])]],
    ['empty vectors', [place(0, []), place(1, [])]],
    ['texts instead of numbers', [place(0, ['x']), place(1, ['y'])]],
    ['nulls', [place(0, [null, 1]), place(1, [1, null])]],
    ['no vector', [{ index: 0 }, { index: 1 }]],
    ['nulls instead of vectors', [null, null]],
    ['one place twice', [place(0, [1]), place(0, [2])]],
    ['a place before the first', [place(-1, [1]), place(0, [2])]],
    ['a place that is a text', [place('0' as never, [1]), place(1, [2])]],
    ['places that were not asked for', [place(5, [1]), place(6, [2])]],
  ];
  it.each(malformed)('throws bad_reply for %s', async (_what, data) => {
    answer(data);
    await expect(embed(['first', 'second'])).rejects.toMatchObject({ kind: 'bad_reply' });
  });

  it.each([
    [401, 'auth'],
    [404, 'bad_request'],
  ])('gives status %i its kind, without the key', async (status, kind) => {
    const secret = 'secret-0123456789';
    network.use(
      http.post(`${baseUrl}/embeddings`, () =>
        HttpResponse.json({ error: { message: `no entry for ${secret}` } }, { status }),
      ),
    );
    const spec = { baseUrl, model: 'small', keyEnv: 'EMBED_KEY' };
    const failure = await openEmbedder(spec, { EMBED_KEY: secret })
      .embed(['x'], new AbortController().signal)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ProviderError', kind });
    expect(String(failure)).not.toContain(secret);
  });
});
