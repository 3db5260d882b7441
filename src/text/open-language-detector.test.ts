import { eld } from 'eld/small';
import { expect, it } from 'vitest';
import { detectedLanguages, primaryLanguage } from '../domain/language.ts';

it('detects the languages that a rule may name', () => {
  const { Languages: known } = eld.info() as { readonly Languages: Readonly<Record<string, string>> };
  expect([...detectedLanguages].sort()).toEqual(Object.values(known).sort());
});

it.each([
  ['pt-BR', 'pt'],
  ['nb', 'no'],
  ['zh_TW', 'zh'],
  ['EN', 'en'],
])('maps %s to %s', (code, primary) => {
  expect(primaryLanguage(code)).toBe(primary);
});
