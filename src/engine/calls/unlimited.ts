import type { Limiter, Permit } from '../../ports/limiter.ts';

const permit: Permit = { end() {} };

/** The limiter of an endpoint without limits: a model in this process, a recording. */
export const unlimited: Limiter = {
  enter: async () => permit,
  waiting: () => null,
};
