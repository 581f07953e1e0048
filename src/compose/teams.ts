/** The way to Teams: credentials, addresses, what is sent there and what is asked of it. */

import type { Store } from '../app/ports/store.ts';
import type { Troubles } from '../app/troubles.ts';
import type { Desk } from '../domain/desk.ts';
import { type Connector, createConnector } from '../teams/connector.ts';
import { createDirectory } from '../teams/directory.ts';
import { createHosts } from '../teams/hosts.ts';
import { createMessenger } from '../teams/messenger.ts';
import { outboundToken } from '../teams/outbound-token.ts';
import { createPace, type Pace } from '../teams/pace.ts';
import { createServiceAddress } from '../teams/service.ts';
import { heed, watched } from '../teams/token-refused.ts';
import { type Composition, type Steady, worldNow } from './composition.ts';

const REAL_TIME: Steady = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** @param desk the one in use now */
export function reachTeams(
  { settings, log, connectorTimeoutMs, steady = REAL_TIME }: Composition,
  store: Store,
  troubles: Troubles,
  desk: () => Desk,
) {
  const token = watched(outboundToken(settings, worldNow), troubles);
  troubles.ends('secretEnds', settings.appPasswordEndsAt);
  troubles.ends('certificateEnds', settings.certificate?.endsAt);
  const hosts = createHosts(settings.serviceUrl, settings.fileHosts);
  const connector = heeded(createConnector(token, hosts, connectorTimeoutMs), troubles);
  const service = createServiceAddress(settings.serviceUrl);
  const pace = createPace(steady.now);
  const { messenger, say } = createMessenger({
    ...{ settings, connector, pace, service, desk, log },
    wait: steady.wait,
    profile: (person) => store.profile(person),
    saveProfile: (profile) => store.saveProfile(profile),
  });
  const directory = createDirectory({
    connector: counted(connector, pace),
    ...{ service, desk, now: steady.now },
  });
  return { token, hosts, service, messenger, say, directory };
}

function heeded(connector: Connector, troubles: Troubles): Connector {
  return {
    ...connector,
    call: async (...request) => heed(await connector.call(...request), troubles),
  };
}

/** What is looked up counts among the requests of the tenant, and waits for none of them. */
function counted(connector: Connector, pace: Pace): Connector {
  return {
    ...connector,
    call(...request) {
      pace.count();
      return connector.call(...request);
    },
  };
}
