import { openApiDocument } from '../openapi.ts';
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

/** Serves the OpenAPI document of these modules and of itself. */
export function openApiRoutes(modules: readonly RouteModule[], version: string): RouteModule {
  const module: RouteModule = {
    routes: [
      {
        method: 'get',
        path: '/v1/openapi.json',
        scopes: null,
        operation: {
          id: 'openapi',
          summary: 'This document',
          answers: { 200: { description: 'OpenAPI 3.1', schema: { type: 'object' } } },
        },
        handle: (c) => c.json(document),
      },
    ],
  };
  const document = openApiDocument([...modules, module], version);
  return module;
}
