import { BenchJob, startServer } from './pipeline-support.ts';

/** Peak memory of whole runs over few and many items, two calls an item. */
export async function main(options: { readonly quick?: boolean } = {}): Promise<void> {
  const server = await startServer(0);
  console.log('| items | votes | peak MB |\n|---:|---:|---:|');
  for (const items of options.quick ? [1000, 5000] : [5000, 100_000]) {
    const job = new BenchJob(items, server.port);
    try {
      const { peakMb } = await job.run();
      console.log(`| ${items} | ${items * 2} | ${peakMb.toFixed(0)} |`);
    } finally {
      job.remove();
    }
  }
  server.stop();
}
