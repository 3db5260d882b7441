/**
 * The words by which servers name a failure, whatever status they send with it. Collected from the documentation and the
 * public bug reports of OpenAI, Azure, Anthropic, Gemini, Mistral, DeepSeek, Groq, OpenRouter, Together, Bedrock, vLLM,
 * SGLang, TGI, Ollama, llama.cpp, LM Studio and LiteLLM.
 */
const any = (...parts: readonly string[]) => new RegExp(parts.join('|'), 'i');

export const aDay = any(
  'per[-_ ]?day',
  'daily',
  '\\b[RT]PD\\b',
  '/ ?day',
  'per[-_ ]?(week|month)',
  'monthly',
);
export const aMinute = any('per[-_ ]?min', '\\b[RT]PM\\b', '/ ?min', 'per[-_ ]?(second|hour)', '\\brpm\\b');

/** An account without money or allowance. */
export const money = any(
  'insufficient[_ ](quota|balance|credits?|funds)',
  'plan and billing',
  'credit balance',
  'exceeded your (current|monthly|included) (quota|credits?|usage)',
  'monthly (included )?(credits|quota|spend)',
  'payment[_ ]required',
  '(spend(ing)?|usage|credit|budget)[_ ]limit',
  'billing_hard_limit|billing hard limit|billing (is )?not (active|enabled)|billing_not_active',
  '(out of|not enough|no( more)?|all available|requires more) credits?',
  'credits? (is |are |has been |have been )?(exhausted|used up|depleted|exceeded)',
  'balance (is )?(too low|insufficient|not enough)|arrear|\\u4f59\\u989d\\u4e0d\\u8db3|\\u6b20\\u8d39',
  'budget has been exceeded|ExceededBudget|quota (has been |is )?(exhausted|used up)',
  'limit: 0\\b',
);

/** The prompt, or the prompt and its reply, do not fit into the model. */
export const tooLong = any(
  'context[_ -]?(length|window|size|limit|overflow)',
  'exceed_context|context_exceeded|ContextWindowExceeded',
  'max(imum)?[_ ](allowed )?(context|prompt|input|sequence|model)[_ ]?(length|len|size|tokens)',
  '(prompt|inputs?|request|messages?|conversation|payload|body) (is |are )?(too (long|large|big)|exceeds?)',
  'too many (input |prompt |total )?tokens',
  'request_too_large|tokens_limit_reached|string_above_max_length|prompt_tokens_exceeded',
  'reduce the length|reduce your (message|prompt|input)',
  'longer than the (maximum|model|context)',
  'token count[^.]{0,40}exceed|tokens? (must be|cannot exceed)|number of (input )?tokens',
  'inputs` (tokens|must have)|max_new_tokens` must be',
  'range of input length',
  "(exceed\\w*|larger than|greater than) (the |your )?(max\\w* |model('s)? |available |total |allowed )*(context|input|prompt|token|length|size|limit)",
  'physical batch size',
  'long context requests',
);

/** The same in replies that usually mean "too fast": only words that cannot mean a rate. */
export const surelyTooLong = any(
  'context_length_exceeded|exceed_context|context_exceeded|ContextWindowExceeded',
  'maximum context|context (length|window|size)',
  '(prompt|request|inputs?) (is )?too (long|large)',
  'long context requests',
);

/** "Too many requests", sent with a status of its own. */
export const throttled = any(
  'ThrottlingException|RateLimitError|rate_limit_(exceeded|error)|too many requests|rate limit (reached|exceeded)',
);

/** The text was refused for what it says. */
export const filtered = any(
  'content[_ ]?(filter|policy|management)|ResponsibleAI|ContentPolicyViolation',
  'safety (system|filter|settings)|flagged|moderation|usage polic',
  'sensitive (content|information)|DataInspectionFailed|PROHIBITED_CONTENT|data_inspection',
);

/** The model is on its way. */
export const loading = any(
  '(currently|still) (being )?load',
  'loading (the )?model|model (is )?loading|warming up|cold[- ]start',
);

/** The server has no such model, or cannot run it. */
export const noModel = any(
  'model_?not_?(found|available|loaded)|model_decommissioned|unknown_model|NotFoundError.*model',
  '\\bmodels?\\b[^.]{0,80}(not found|not exist|unavailable|not (currently )?(available|loaded|installed|deployed|accessible)|not (a )?(valid|known|recognized)|decommissioned|deprecated|been retired|no longer (available|supported|served|exist))',
  'not a (valid|known|recognized) model|no models? (is |are |currently )*loaded|no such model|(unknown|invalid|unrecognized|unsupported) model\\b',
  'try pulling|requires more (system |gpu )?memory|(failed|unable) to load (the )?model(?! vocab)|error loading model',
  'not have access to (the )?model|no access to (the )?model|access to model[^.]* (denied|not)',
  'DeploymentNotFound|deployment[^.]{0,60}(not exist|not found)|no endpoints found for|no healthy deployment',
  'out of memory',
);

/** The key is wrong, whatever the status. */
export const badKey = any(
  '(invalid|incorrect|wrong|missing|expired|revoked|no) (api|subscription|access|auth\\w*)[-_ ]?(key|token)',
  'api[-_ ]?key (is )?(not valid|invalid|missing|expired|required)|API_KEY_INVALID|AuthenticationError',
  'authentication (failed|error|required)|unauthori[sz]ed|invalid authentication',
);

/** Something in the request is not known or not allowed there. */
export const unsupported = any(
  "not (yet |currently )?(be )?support|unsupported|does(n't| not) support|not compatible|incompatible",
  'not allowed to request|not permitted to request|is not (enabled|available) for|not implemented',
  'extra_forbidden|extra (inputs|fields)|additional properties|BadRequestError|UnsupportedParams',
  '(unrecognized|unknown|unexpected|invalid|illegal) (request )?(argument|parameter|field|name|keyword|property|key|role)',
  'roles? must alternate|only user|no endpoints found that',
  '(compile|parse|convert|invalid|unsupported)[^.]{0,40}(grammar|json[_ ]?schema|schema|regex)|json_validate_failed',
);

/** A place or an account from which the server does not take requests. */
export const barredPlace = any('countr(y|ies)', 'territor', '(region|location) (is )?not supported');

/** The address takes the other of http and https. */
export const wantsTls = any(
  'HTTP request (was sent )?to (an )?HTTPS',
  'client sent an HTTP request to an HTTPS',
);
