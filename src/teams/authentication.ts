/**
 * Inbound authentication. The stock one answers 500 to several forgeries and accepts tokens without `exp`, activities
 * without `serviceUrl` and tokens of the emulator; here all of these are 401.
 */

import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  AuthenticationError,
  type ConnectorClient,
  type ConnectorFactory,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import { LRUCache } from 'lru-cache';
import type { BotSettings } from '../config/environment.ts';
import { createHosts, type Hosts } from './hosts.ts';

type Authenticated = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

/** Teams renews its token about once an hour, so few are in use at a time. */
const TOKENS_REMEMBERED = 200;
const CLOCK_SKEW_S = 300;

/** The SDK asks for a client in each turn, which is expensive to make, and here never sends with it. */
const CLIENT = {} as ConnectorClient;
const NO_CLIENTS: ConnectorFactory = { create: async () => CLIENT };

export class HardenedAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #issuer: string;
  readonly #now: () => number;
  readonly #hosts: Hosts;
  readonly #verified = new LRUCache<string, { result: Authenticated; until: number }>({
    max: TOKENS_REMEMBERED,
  });
  #userTokens: ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']> | undefined;

  /**
   * @param now milliseconds of real time: a token's end is a fact of the world, not of the desk's clock
   */
  constructor(settings: BotSettings, now: () => number) {
    super(
      {
        MicrosoftAppId: settings.appId,
        MicrosoftAppTenantId: settings.tenantId,
        ToBotFromChannelOpenIdMetadataUrl: settings.channelMetadataUrl,
        ToBotFromChannelTokenIssuer: settings.channelIssuer,
        ToBotFromEmulatorOpenIdMetadataUrl: settings.emulatorMetadataUrl,
        ToChannelFromBotLoginUrl: settings.loginUrl,
        ToChannelFromBotOAuthScope: settings.oauthScope,
        OAuthUrl: settings.oauthUrl,
        CallerId: settings.callerId,
        ValidateAuthority: String(settings.validateAuthority),
      } as ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[0],
      new OwnId(settings.appId),
    );
    this.#issuer = settings.channelIssuer;
    this.#now = now;
    this.#hosts = createHosts(settings.serviceUrl);
  }

  override async authenticateRequest(activity: Activity, authHeader: string): Promise<Authenticated> {
    const { channelId, serviceUrl } = activity;
    // Other channels have validators of their own in the SDK, with other rules.
    if (channelId !== 'msteams') throw unauthorized('not from Teams');
    if (typeof serviceUrl !== 'string' || serviceUrl === '') throw unauthorized('no serviceUrl');
    const service = URL.parse(serviceUrl);
    // A token that names it is believed, and still our own token goes to known hosts only.
    if (!service || !this.#hosts.isConnector(service)) throw unauthorized('serviceUrl is none of Teams');
    const key = `${serviceUrl}\n${authHeader}`;
    const known = this.#verified.get(key);
    if (known && this.#now() < known.until) return known.result;

    const expires = checkClaims(authHeader, this.#issuer, this.#now() / 1000);
    try {
      const result = {
        ...(await super.authenticateRequest(activity, authHeader)),
        connectorFactory: NO_CLIENTS,
      };
      this.#verified.set(key, { result, until: expires * 1000 });
      return result;
    } catch (error) {
      throw unauthorized(error instanceof Error ? error.message : String(error));
    }
  }

  override createConnectorFactory(): ConnectorFactory {
    return NO_CLIENTS;
  }

  /** One for all turns: making one each time costs as much as the rest of the turn, and nobody signs in here. */
  override createUserTokenClient(
    ...identity: Parameters<ConfigurationBotFrameworkAuthentication['createUserTokenClient']>
  ): ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']> {
    this.#userTokens ??= super.createUserTokenClient(...identity);
    return this.#userTokens;
  }
}

/** Knows the bot's id and nothing else: what is sent gets its token in `outbound-token.ts`, never from the SDK. */
class OwnId extends ServiceClientCredentialsFactory {
  readonly #appId: string;

  constructor(appId: string) {
    super();
    this.#appId = appId;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(): ReturnType<ServiceClientCredentialsFactory['createCredentials']> {
    return { signRequest: () => Promise.reject(new Error('the SDK sends nothing here')) };
  }
}

/**
 * What the SDK does not insist on, read before the signature is verified and believed only after.
 * @returns the token's end, in seconds since 1970
 */
function checkClaims(authHeader: string, issuer: string, nowS: number): number {
  const [scheme, token, ...more] = authHeader.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || more.length || !token) throw unauthorized('no bearer token');
  const { header, claims } = decode(token);
  if (header.alg !== 'RS256') throw unauthorized('algorithm not allowed');
  if (claims.iss !== issuer) throw unauthorized('issuer not allowed');
  if (typeof claims.exp !== 'number') throw unauthorized('token without an end');
  if (typeof claims.nbf === 'number' && claims.nbf > nowS + CLOCK_SKEW_S)
    throw unauthorized('token not valid yet');
  return claims.exp;
}

function decode(token: string): { header: ProtectedHeaderParameters; claims: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    throw unauthorized('not a token');
  }
}

function unauthorized(reason: string): AuthenticationError {
  return new AuthenticationError(reason, 401);
}
