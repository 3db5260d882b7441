import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { runProgram } from '../src/cli/program.ts';
import type { ModelSpec } from '../src/domain/job.ts';
import type { ChatModel, JsonSchema } from '../src/ports/chat-model.ts';
import { openModel } from '../src/providers/index.ts';
import { seededRandom, shuffled } from '../src/stats/random.ts';
import { localModel } from '../test/support/local-model.ts';
import { type LabelledClaim, readFactData, writeClaims } from './facts-support.ts';

/** Always the same: the address is part of what a recorded reply answers. */
const port = 18_135;
const claimsFile = '.cache/facts/held-out.jsonl';

/**
 * A served model as verifier of held-out claims, six on each person, three passages for each: SmolLM2 with 135 million
 * parameters behind an OpenAI-compatible server on this machine, asked by the same command as any other. A few minutes
 * on one processor; the replies are kept, so that a second run asks nothing.
 */
export async function main(): Promise<void> {
  const data = await readFactData();
  if (data === null) return;
  if (!existsSync(localModel.gguf)) {
    console.log('there is no local model (scripts/test-extras/peers/local-model.sh): nothing measured');
    return;
  }
  await writeClaims(claimsFile, drawnFrom(data.claims.filter(({ set }) => set === 'held out')));
  const model = await openModel(spec, { ...process.env, ...localModel.env });
  const server = await serve(model);
  const command =
    `facts eval ${claimsFile} --provider openai-compatible --model SmolLM2-135M --base-url http://127.0.0.1:${port}/v1 ` +
    '--passages 3 --concurrency 1 --store .cache/facts/judge.db';
  try {
    await runProgram(command.split(' '), {
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
      env: process.env,
      cwd: process.cwd(),
      outIsTerminal: false,
      errIsTerminal: false,
      signal: new AbortController().signal,
    });
  } finally {
    server.close();
    await model.close?.();
  }
}

/** Six claims of one response on each person. */
function drawnFrom(claims: readonly LabelledClaim[]): readonly LabelledClaim[] {
  const random = seededRandom('facts-judge');
  const responses = new Map<string, Map<readonly string[], LabelledClaim[]>>();
  for (const claim of claims) {
    const ofPerson = responses.get(claim.cluster) ?? new Map<readonly string[], LabelledClaim[]>();
    responses.set(claim.cluster, ofPerson);
    ofPerson.set(claim.evidence, [...(ofPerson.get(claim.evidence) ?? []), claim]);
  }
  return [...responses.values()].flatMap((ofPerson) => {
    const [response = []] = shuffled([...ofPerson.values()], random);
    return shuffled(response, random).slice(0, 6);
  });
}

const spec: ModelSpec = {
  provider: 'local',
  model: localModel.gguf,
  family: 'smollm',
  timeoutMs: 600_000,
  limits: {},
  price: null,
  structured: 'auto',
};

interface ChatBody {
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[];
  readonly max_tokens: number;
  readonly temperature?: number;
  readonly response_format?: {
    readonly json_schema?: { readonly name: string; readonly schema: JsonSchema };
  };
}

/** The part of the chat completions API that a judge uses. */
function serve(model: ChatModel): Promise<Server> {
  const server = createServer(async (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const body = JSON.parse(await textOf(request)) as ChatBody;
      const schema = body.response_format?.json_schema;
      const reply = await model.complete(
        {
          messages: body.messages,
          maxTokens: body.max_tokens,
          temperature: body.temperature ?? 0,
          ...(schema && { schema: { name: schema.name, json: schema.schema } }),
        },
        { signal: gone.signal },
      );
      const message = { role: 'assistant', content: reply.text };
      const usage = { prompt_tokens: reply.usage?.input, completion_tokens: reply.usage?.output };
      const choices = [{ index: 0, message, finish_reason: reply.finish }];
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ id: 'x', object: 'chat.completion', model: reply.modelAnswered, choices, usage }),
      );
    } catch (error) {
      response.statusCode = 400;
      response.end(JSON.stringify({ error: { message: String(error) } }));
    }
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
}
