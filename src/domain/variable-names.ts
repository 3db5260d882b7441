/** Words of names that hold a setting of a model server, never a credential. */
const servers = [
  ...[
    'OPENAI',
    'ANTHROPIC',
    'OLLAMA',
    'VLLM',
    'LLAMA',
    'LLAMACPP',
    'LM',
    'STUDIO',
    'LMSTUDIO',
    'TGI',
    'SGLANG',
  ],
  ...[
    'LITELLM',
    'LLM',
    'JUDGE',
    'CHAT',
    'EMBEDDING',
    'EMBEDDINGS',
    'API',
    'SERVER',
    'LOCAL',
    'TEST',
    'DEFAULT',
  ],
  ...['QUORATE', 'SMALL', 'LARGE'],
];
const settings = [
  'MODEL',
  'DIR',
  'PATH',
  'FILE',
  'URL',
  'HOST',
  'PORT',
  'BASE',
  'ENDPOINT',
  'ADDRESS',
  'VERSION',
  'DEPLOYMENT',
  'NAME',
];

/**
 * Whether a variable holds a setting of a model server by its name: OLLAMA_MODEL, LLM_BASE_URL, PORT. Its value may
 * stand in an address or a model name; that of any other variable could be a secret.
 */
export function isSettingName(name: string): boolean {
  const words = name
    .toUpperCase()
    .split('_')
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  if (isSecretName(name)) return false;
  if (['MODEL', 'PORT', 'VERSION'].includes(last)) return true;
  return settings.includes(last) && words.every((word) => servers.includes(word) || settings.includes(word));
}

const secretWords =
  /(?:^|_)(?:API_?KEY|KEYS?|TOKENS?|SECRETS?|PASS(?:WORD|WD|PHRASE)?|CREDENTIALS?|AUTH|COOKIE|PRIVATE|SIGNATURE|DSN)(?:_|$)|(?:KEY|TOKEN|SECRET|PASSWORD)$/i;

/** Whether a variable holds a credential by its name: OPENAI_API_KEY, GITHUB_TOKEN, DB_PASSWORD. */
export function isSecretName(name: string): boolean {
  return secretWords.test(name);
}

const localWords = [
  ...['KEY', 'API', 'LLM', 'MODEL', 'LOCAL', 'SERVER', 'JUDGE', 'OLLAMA', 'VLLM', 'LLAMA', 'LLAMACPP', 'LM'],
  ...['STUDIO', 'LMSTUDIO', 'TGI', 'SGLANG', 'LITELLM', 'TEST', 'FAKE', 'DUMMY'],
];

/**
 * Whether a variable holds the key of a model server on this machine by its name: KEY, LLM_API_KEY, VLLM_KEY. A name
 * with a word of a service (OPENAI_API_KEY, AWS_SECRET_ACCESS_KEY) is that service's credential.
 */
export function isLocalKeyName(name: string): boolean {
  const words = name
    .toUpperCase()
    .split('_')
    .filter((word) => word !== '');
  return words.at(-1) === 'KEY' && words.every((word) => localWords.includes(word));
}
