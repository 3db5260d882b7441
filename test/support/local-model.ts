import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = process.env.QUORATE_CACHE ?? join(homedir(), '.cache', 'quorate');

/** Where scripts/test-extras/peers/local-model.sh puts a real model. */
export const localModel = {
  gguf: join(cache, 'SmolLM2-135M-Instruct.Q4_1.gguf'),
  env: { QUORATE_NODE_LLAMA_CPP: join(cache, 'node-llama-cpp-3.22.1', 'node_modules', 'node-llama-cpp') },
};

/**
 * True where it is to be used. It takes minutes on one processor, so it is asked only where QUORATE_LOCAL_MODEL is set,
 * as .ci/run does; there it must be present.
 */
export function localModelWanted(): boolean {
  if (!process.env.QUORATE_LOCAL_MODEL) return false;
  if (existsSync(localModel.gguf) && existsSync(localModel.env.QUORATE_NODE_LLAMA_CPP)) return true;
  throw new Error('there is no local model: run scripts/test-extras/peers/local-model.sh');
}
