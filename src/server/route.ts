import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { AccessToken, Scope } from '../domain/intake.ts';

export interface ServerEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** The caller; set on every route with scopes. */
    token: AccessToken;
    /** Counts further events against the token's rate; a request counts as one already. */
    charge(units: number): void;
  };
}

export type ServerContext = Context<ServerEnv>;

/** JSON Schema, written by hand or a reference to a named one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly description: string;
  readonly schema: JsonSchema;
}

export interface Answer {
  readonly description: string;
  readonly schema?: JsonSchema;
}

/** OpenAPI description of a route, beside its path and scopes. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  /** Media type to schema. */
  readonly request?: Readonly<Record<string, JsonSchema>>;
  readonly answers: Readonly<Record<number, Answer>>;
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters in braces, for example `/v1/interactions/{response_id}`. */
  readonly path: string;
  /** The caller needs one of these; null: no token required. */
  readonly scopes: readonly Scope[] | null;
  /** null keeps it out of the OpenAPI document. */
  readonly operation: Operation | null;
  handle(c: ServerContext): Response | Promise<Response>;
}

/** Routes with the schemas that they reference by name. */
export interface RouteModule {
  readonly routes: readonly Route[];
  readonly schemas?: Readonly<Record<string, z.ZodType>>;
}

/** A reference to a named schema. */
export function schemaNamed(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
