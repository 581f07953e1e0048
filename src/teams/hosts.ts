/** The hosts that the bot talks to: the connector, which alone gets its token, and those that keep Teams' files. */

import { isLoopback } from '../config/environment.ts';

/**
 * Microsoft, “Send proactive messages”, service addresses of each cloud. Exact names: under `trafficmanager.net` everybody may
 * have one.
 */
const CONNECTORS = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

/**
 * A tenant's own hosts in SharePoint, where what people send to the bot lies: one word and the cloud's domain, under which
 * Microsoft alone gives names (“Microsoft 365 URLs and IP address ranges”).
 */
const SHAREPOINT = /^[a-z0-9][a-z0-9-]{0,62}\.sharepoint(?:-mil)?\.(?:com|us|cn)$/;

export type Hosts = {
  /** True where calls, and with them the bot's token, may go. */
  isConnector(url: URL): boolean;
  /** True where a file may be fetched from. */
  keepsFiles(url: URL): boolean;
};

/**
 * @param serviceUrl of the settings: its host is a connector, whatever its name. Where it is on this machine, so may be all
 *   others: it is local Teams, or stands in for it
 * @param fileHosts exact names, in place of every tenant's SharePoint
 */
export function createHosts(serviceUrl: string, fileHosts?: readonly string[]): Hosts {
  const own = new URL(serviceUrl);
  const local = isLoopback(own);
  const isConnector = (url: URL) => {
    if (url.username !== '' || url.password !== '') return false;
    if (local) return isLoopback(url);
    if (url.protocol !== 'https:') return false;
    return url.host === own.host || CONNECTORS.includes(url.host);
  };
  return {
    isConnector,
    keepsFiles(url) {
      if (isConnector(url)) return true;
      // `host` names the port where it is not the usual one.
      if (local || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
      return fileHosts === undefined ? SHAREPOINT.test(url.host) : fileHosts.includes(url.host);
    },
  };
}

/** True where both addresses are of the same scheme, host and port. */
export function sameOrigin(address: string, other: string): boolean {
  const origin = URL.parse(address)?.origin;
  return origin !== undefined && origin !== 'null' && origin === URL.parse(other)?.origin;
}
