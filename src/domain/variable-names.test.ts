import { describe, expect, it } from 'vitest';
import { isLocalKeyName, isSecretName, isSettingName } from './variable-names.ts';

describe('names of variables', () => {
  it.each([
    'OLLAMA_MODEL',
    'JUDGE_MODEL',
    'LLM_BASE_URL',
    'OPENAI_BASE_URL',
    'PORT',
    'HOST',
    'BASE',
    'MY_MODEL',
  ])('%s is a setting', (name) => {
    expect(isSettingName(name)).toBe(true);
    expect(isSecretName(name)).toBe(false);
  });

  it.each([
    ...['OPENAI_API_KEY', 'AWS_SECRET_ACCESS_KEY', 'GITHUB_TOKEN', 'DB_PASSWORD', 'SENTRY_DSN', 'PGPASSWORD'],
    ...['SECRET_MODEL', 'TOKEN', 'NPM_CONFIG__AUTH', 'MYSECRET', 'PRIVATE_URL'],
  ])('%s is a credential, never a setting', (name) => {
    expect(isSecretName(name)).toBe(true);
    expect(isSettingName(name)).toBe(false);
  });

  it.each(['DATABASE_URL', 'REDIS_URL', 'HOME', 'USER', 'MY_ADDRESS', 'SSH_CONNECTION', ''])(
    '%s is no setting of a model server',
    (name) => {
      expect(isSettingName(name)).toBe(false);
    },
  );

  it.each(['KEY', 'API_KEY', 'LLM_KEY', 'VLLM_API_KEY', 'FAKE_KEY'])('%s may be a local key', (name) => {
    expect(isLocalKeyName(name)).toBe(true);
  });

  it.each([
    'OPENAI_API_KEY',
    'AWS_SECRET_ACCESS_KEY',
    'GITHUB_TOKEN',
    'SSH_KEY',
    'TOKEN',
    'SECRET',
    'MODEL',
    '',
  ])('%s is no local key', (name) => {
    expect(isLocalKeyName(name)).toBe(false);
  });
});
