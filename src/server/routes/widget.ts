import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedFolder } from '../../config/yaml/shipped-files.ts';
import { answerProblem } from '../problem.ts';
import type { RouteModule } from '../route.ts';

/** The built widget; null if the package was not built. */
export function readWidget(): string | null {
  const file = join(shippedFolder('dist/widget'), 'quorate-widget.js');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** The browser widget as one script; its hash is the ETag, and pages can pin it with `integrity`. */
export function widgetRoutes(script: string | null): RouteModule {
  const etag = `"${integrityOf(script ?? '')}"`;
  return {
    routes: [
      {
        method: 'get',
        path: '/widget.js',
        scopes: null,
        operation: null,
        handle(c) {
          if (script === null)
            return answerProblem(c, { status: 404, code: 'not-found', detail: 'the widget is not built' });
          const headers = {
            'Content-Type': 'text/javascript; charset=utf-8',
            // a page that pins the hash must not receive another file at the old address
            'Cache-Control': 'public, max-age=86400',
            ETag: etag,
            // a public file without secrets, which `integrity` can only check when every origin may read it
            'Access-Control-Allow-Origin': '*',
            'Cross-Origin-Resource-Policy': 'cross-origin',
          };
          return c.req.header('if-none-match') === etag
            ? c.body(null, 304, headers)
            : c.body(script, 200, headers);
        },
      },
    ],
  };
}

/** Subresource integrity of a script: `sha384-` and the hash in base64. */
export function integrityOf(script: string): string {
  return `sha384-${createHash('sha384').update(script).digest('base64')}`;
}
