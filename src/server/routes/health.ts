import type { RouteModule } from '../route.ts';

/** Liveness check; needs no token and reveals nothing else. */
export const healthRoutes: RouteModule = {
  routes: [
    {
      method: 'get',
      path: '/v1/health',
      scopes: null,
      operation: {
        id: 'health',
        summary: 'Whether the server answers',
        answers: {
          200: {
            description: 'It does',
            schema: { type: 'object', properties: { status: { const: 'ok' } }, required: ['status'] },
          },
        },
      },
      handle: (c) => c.json({ status: 'ok' }),
    },
  ],
};
