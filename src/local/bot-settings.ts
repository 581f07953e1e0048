/** What a bot and local Teams have to know of each other. */

import { CONNECTOR_AUDIENCE } from './identity.ts';

/** What a bot has to be told, under the names that Bot Framework programs use. */
export type BotSettings = {
  readonly MicrosoftAppId: string;
  readonly MicrosoftAppPassword: string;
  readonly MicrosoftAppTenantId: string;
  readonly MicrosoftAppType: 'SingleTenant';
  readonly ToBotFromChannelOpenIdMetadataUrl: string;
  readonly ToBotFromChannelTokenIssuer: string;
  readonly ToBotFromEmulatorOpenIdMetadataUrl: string;
  readonly ToChannelFromBotLoginUrl: string;
  readonly ToChannelFromBotOAuthScope: string;
  readonly OAuthUrl: string;
  readonly CallerId: string;
  readonly ValidateAuthority: 'false';
};

export function botSettings(of: {
  readonly url: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
}): BotSettings {
  const metadata = `${of.url}/.well-known/openidconfiguration`;
  return {
    MicrosoftAppId: of.appId,
    MicrosoftAppPassword: of.appPassword,
    MicrosoftAppTenantId: of.tenantId,
    MicrosoftAppType: 'SingleTenant',
    ToBotFromChannelOpenIdMetadataUrl: metadata,
    ToBotFromChannelTokenIssuer: of.url,
    ToBotFromEmulatorOpenIdMetadataUrl: metadata,
    ToChannelFromBotLoginUrl: of.url,
    ToChannelFromBotOAuthScope: CONNECTOR_AUDIENCE,
    OAuthUrl: of.url,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'false',
  };
}

/** Plain http stays on this machine: the activities carry people's words. */
export function checkedEndpoint(endpoint: string): string {
  const url = URL.parse(endpoint);
  const loopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) {
    throw new RangeError(
      `The bot’s endpoint must be an http URL on this machine or an https URL, not ${endpoint}`,
    );
  }
  return url.href;
}
