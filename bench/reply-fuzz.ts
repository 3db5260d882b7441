import { fuzzReplies } from '../test/support/reply-fuzz.ts';

/** Mutated replies from bytes to votes, and what became of them. */
export async function main(options: { readonly quick?: boolean } = {}): Promise<void> {
  const { replies, outcomes, failures } = fuzzReplies({ count: options.quick ? 10_000 : 100_000, seed: 1 });
  const servers = Object.keys(outcomes);
  const reasons = [...new Set(servers.flatMap((server) => Object.keys(outcomes[server]!)))].sort();
  console.log(`${replies} mutated replies: ${failures.length} wrong verdicts or thrown errors\n`);
  console.log(`| outcome | ${servers.join(' | ')} |\n|---|${servers.map(() => '---:|').join('')}`);
  for (const reason of reasons) {
    console.log(`| ${reason} | ${servers.map((server) => outcomes[server]![reason] ?? 0).join(' | ')} |`);
  }
  for (const failure of failures.slice(0, 20)) console.log(`- ${failure}`);
}
