import { spawn } from 'node:child_process';
import { z } from 'zod';
import { type Check, CheckFailure, type Finding, type Span, spanAt } from './finding.ts';
import { ruleKind, text } from './rule-kind.ts';

/** The rule `command`. */
export const commandRule = ruleKind({
  check: 'command',
  options: {
    run: z
      .array(text)
      .min(1)
      .describe('Program and arguments, for example [python, check.py]; needs --allow-commands'),
    seconds: z.number().positive().max(600).default(10).describe('Timeout in seconds; default: 10'),
    megabytes: z.number().positive().default(1024).describe('Memory limit in megabytes; default: 1024'),
  },
  compile: compileCommand,
});

interface CommandRule {
  readonly run: readonly string[];
  readonly seconds: number;
  readonly megabytes: number;
}

const longestOutput = 1 << 20;

/**
 * A user's own program. It gets `{"item", "candidate", "text"}` on stdin and answers on stdout with
 * `{"pass": boolean, "reason"?: string, "span"?: [start, end]}`. No shell is between, the environment is empty but for
 * PATH and HOME, and time, memory (address space, by `ulimit -v`) and output are limited.
 */
function compileCommand(rule: CommandRule): Check {
  return async ({ item, candidate, text, signal }) => {
    const output = await runLimited(
      rule,
      JSON.stringify({ item, candidate: candidate.id, text: text.text }),
      signal,
    );
    return [readAnswer(output, text.text, rule.run[0]!)];
  };
}

function runLimited(rule: CommandRule, input: string, signal: AbortSignal): Promise<string> {
  const [program = '', ...programArguments] = rule.run;
  // `"$0" "$@"` hands the arguments over as they are: nothing of them is read by the shell that sets the limit
  const argv = [
    '-c',
    `ulimit -v ${Math.round(rule.megabytes * 1024)} && exec "$0" "$@"`,
    program,
    ...programArguments,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', argv, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      detached: true,
    });
    let output = '';
    let complaint = '';
    let failure: string | null = null;
    // the whole group, so that what the program started ends with it
    const endGroup = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // the process group has already ended
      }
    };
    const stop = (why: string) => {
      failure ??= why;
      endGroup();
      // who left the group may hold the pipes open for as long as it likes
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => stop(`took longer than ${rule.seconds} s`), rule.seconds * 1000);
    const abort = () => stop('interrupted');
    signal.addEventListener('abort', abort, { once: true });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.length > longestOutput) stop('wrote more than 1 MiB');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint = (complaint + chunk).slice(-500);
    });
    // a program that does not read its input is not an error
    child.stdin.on('error', () => {}).end(input);
    child.on('error', (cause) => {
      failure ??= cause.message;
    });
    // its answer is written; what it left behind would only keep us waiting
    child.on('exit', endGroup);
    child.on('close', (code, byWhat) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (failure === null && code === 0) resolve(output);
      else
        reject(
          new CheckFailure(
            `${program} ${failure ?? (code === null ? `was ended by ${byWhat}` : `ended with code ${code}`)}${complaint && `: ${printable(complaint)}`}`,
          ),
        );
    });
  });
}

function readAnswer(output: string, text: string, program: string): Finding {
  let answer: { readonly pass?: unknown; readonly reason?: unknown; readonly span?: unknown };
  try {
    answer = JSON.parse(output);
  } catch (cause) {
    throw new CheckFailure(`${program} did not answer with JSON: ${printable(output.slice(0, 120))}`, {
      cause,
    });
  }
  if (typeof answer?.pass !== 'boolean')
    throw new CheckFailure(`${program} answered without "pass": true or false`);
  const span = spanOf(answer.span, text);
  return {
    pass: answer.pass,
    reason:
      typeof answer.reason === 'string' && answer.reason.trim() !== ''
        ? answer.reason.slice(0, 500)
        : `${program} says ${answer.pass ? 'yes' : 'no'}`,
    ...(span && { span }),
  };
}

/** A span that is none says nothing against the verdict. */
function spanOf(written: unknown, text: string): Span | undefined {
  const [start, end] = Array.isArray(written) ? (written as readonly unknown[]) : [];
  if (!Number.isInteger(start) || !Number.isInteger(end)) return undefined;
  const [from, to] = [start as number, end as number];
  return from >= 0 && from <= to && to <= text.length ? spanAt(text, from, to) : undefined;
}

function printable(output: string): string {
  return output.replace(/[\p{C}\ufffd]+/gu, ' ').trim();
}
