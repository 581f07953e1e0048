/** Fetches a file from an address that somebody else has named: from the hosts of Teams, and from nowhere inside a network. */

import { lookup as systemLookup } from 'node:dns';
import { type IncomingMessage, request as overTcp } from 'node:http';
import { request as overTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopback } from '../config/environment.ts';
import { isLoopbackAddress, isPublicAddress } from './addresses.ts';
import type { Hosts } from './hosts.ts';
import type { OutboundToken } from './outbound-token.ts';

const TIMEOUT_MS = 120_000;
const MOST_REDIRECTS = 4;

export type DownloadParts = {
  readonly hosts: Hosts;
  readonly token: OutboundToken;
  /** Resolves names; the system's by default. */
  readonly lookup?: typeof systemLookup;
};

/**
 * Each address on the way is held against the hosts, redirects included, and each connection against where it leads: a name
 * may be answered differently the next time.
 *
 * @param authorize the connector's own files need the bot's token, which goes to no other host, redirected or not
 * @throws Error that names the host and not the address, which may open the file by itself
 */
export async function download(
  { hosts, token, lookup = systemLookup }: DownloadParts,
  address: string,
  authorize: boolean,
): Promise<AsyncIterable<Uint8Array>> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let url = parsed(address);
  const { origin } = url;
  for (let redirects = 0; ; redirects++) {
    if (!hosts.keepsFiles(url))
      throw new Error(`a file is not fetched from ${url.host}: Teams keeps none there`);
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (authorize && url.origin === origin && hosts.isConnector(url))
      headers.authorization = `Bearer ${await token()}`;
    const response = await get(url, headers, guarded(lookup, isLoopback(url)), signal);
    const { statusCode: status = 0 } = response;
    if (status >= 200 && status < 300) return response;
    response.destroy();
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined)
      throw new Error(`the file answered ${status}`);
    if (redirects === MOST_REDIRECTS) throw new Error('the file was redirected too often');
    url = parsed(location, url);
  }
}

function parsed(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (url === null) throw new Error('a file has no complete address');
  return url;
}

function get(
  url: URL,
  headers: Record<string, string>,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? overTls : overTcp;
    // No agent: a connection that others have opened was not looked at.
    const request = open(url, { headers, lookup, signal, agent: false }, resolve);
    request.on('error', reject);
    request.end();
  });
}

/** Resolves a name to what may be connected to, and fails where any of its addresses may not. */
function guarded(resolve: typeof systemLookup, toLoopback: boolean): LookupFunction {
  const allowed = toLoopback ? isLoopbackAddress : isPublicAddress;
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      const wrong = found?.find(({ address }) => !allowed(address));
      if (error) callback(error, []);
      else if (found.length === 0 || wrong !== undefined)
        callback(
          Object.assign(new Error(`${host} leads into a network: no file is fetched from there`), {}),
          [],
        );
      else if (options.all) callback(null, found);
      else callback(null, found[0]?.address ?? '', found[0]?.family);
    });
  };
}
