/** Who may come in to local Teams, and through which door. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connector } from './connector.ts';
import { isLoopbackHost, type Reply, refusal, segmentsOf, send } from './http.ts';
import type { Identity } from './identity.ts';
import { servePage } from './pages.ts';
import type { Routes } from './routes.ts';
import type { ServiceAddress } from './service-address.ts';

export type Door = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Bots come in by the service address and the login service, the page by `/local`; the rest are files to read. */
export function createDoor(parts: {
  readonly identity: Identity;
  readonly connector: Connector;
  readonly service: ServiceAddress;
  readonly routes: Routes;
  /** Without it there is no page. */
  readonly pageDirectory?: string;
}): Door {
  const { identity, connector, service, routes, pageDirectory } = parts;

  const read = (segments: readonly string[]): Reply | Promise<Reply> => {
    const path = segments.join('/');
    if (path === '.well-known/openidconfiguration') return identity.openIdConfiguration();
    if (path === 'keys') return identity.keys();
    if (segments[0] === 'download') return routes.download(segments[1] ?? '');
    if (pageDirectory === undefined) return refusal(404, 'NotFound', 'There is no page here.');
    return servePage(pageDirectory, segments);
  };

  return async (request, response) => {
    // A page elsewhere could give its own host name this address; then the header says so.
    if (!isLoopbackHost(request)) {
      return send(
        response,
        refusal(403, 'Forbidden', 'Local Teams answers on 127.0.0.1 and localhost only.'),
      );
    }
    const segments = segmentsOf(request);
    if (segments === undefined)
      return send(response, refusal(400, 'BadArgument', 'The path is not well-formed.'));
    const below = service.below(segments);
    if (below?.[0] === 'v3') return connector.handle(request, response, below);
    if (segments[2] === 'v3')
      return send(response, refusal(404, 'NotFound', 'The connector is not at this address.'));
    if (segments[0] === 'local') return routes.handle(request, response, segments);
    const { method } = request;
    if (method === 'POST' && segments.join('/') === 'oauth2/v2.0/token') {
      return connector.handleToken(request, response);
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return send(
        response,
        refusal(405, 'MethodNotAllowed', 'Only GET is possible here.', { Allow: 'GET, HEAD' }),
      );
    }
    return send(response, await read(segments));
  };
}
