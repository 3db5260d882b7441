import { z } from 'zod';
import { problemSchema } from './problem.ts';
import { type Answer, type JsonSchema, type Route, type RouteModule, schemaNamed } from './route.ts';

/** The OpenAPI 3.1 document of these modules; request schemas come from the validators. */
export function openApiDocument(modules: readonly RouteModule[], version: string): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of modules.flatMap(({ routes }) => routes)) {
    if (route.operation === null) continue;
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, route.operation) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Quorate',
      version,
      description: 'Collects human feedback on model responses.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: namedSchemas(modules),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by `quorate tokens create`' },
      },
    },
  };
}

function operationOf(route: Route, operation: NonNullable<Route['operation']>): JsonSchema {
  const { id, summary, description, parameters, request, answers } = operation;
  const scopes = route.scopes === null ? [] : [`Needs a token of scope ${route.scopes.join(' or ')}.`];
  const words = [description, ...scopes].filter((part) => part !== undefined).join(' ');
  return {
    operationId: id,
    summary,
    ...(words === '' ? {} : { description: words }),
    security: route.scopes === null ? [] : [{ token: [] }],
    ...(parameters && { parameters: parameters.map((one) => ({ ...one, required: one.in === 'path' })) }),
    ...(request && { requestBody: { required: true, content: contentOf(request) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])),
      default: {
        description: 'Refused; the problem says why (RFC 9457)',
        content: contentOf({ 'application/problem+json': schemaNamed('Problem') }),
      },
    },
  };
}

function answerOf({ description, schema }: Answer): JsonSchema {
  return { description, ...(schema && { content: contentOf({ 'application/json': schema }) }) };
}

function contentOf(schemas: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
}

function namedSchemas(modules: readonly RouteModule[]): JsonSchema {
  const registry = z.registry<{ id: string }>();
  registry.add(problemSchema, { id: 'Problem' });
  for (const { schemas = {} } of modules)
    for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const converted = z.toJSONSchema(registry, {
    io: 'input',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(converted.schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema]),
  );
}
