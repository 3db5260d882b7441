import { expect, it } from 'vitest';
import { redact } from './redact.ts';

it('takes out the given key, key shapes and half-masked keys', () => {
  const text = 'Incorrect key my-secret-1234 (sk-proj-abc***wxyz) in "Authorization: Bearer abc.def"';
  expect(redact(text, ['my-secret-1234', undefined])).toBe(
    'Incorrect key [key] ([key]) in "Authorization: [key]"',
  );
});

it('leaves other words alone', () => {
  expect(redact('the key_env of model risk-aware-v2 is not set')).toBe(
    'the key_env of model risk-aware-v2 is not set',
  );
});
