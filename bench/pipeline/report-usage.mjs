// Loaded before a program (`node --import`): reports what the process used, on file descriptor 3, when it ends.
import { writeSync } from 'node:fs';

const began = performance.now();
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  const used = { cpuMs, wallMs: performance.now() - began, peakMb: maxRSS / 1024 };
  writeSync(3, JSON.stringify(used));
});
