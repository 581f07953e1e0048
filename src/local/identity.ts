/**
 * The login service and the signing key that a Bot Connector has. Tokens are checked by other programs' clocks, so they
 * live in real time, whatever the local clock says.
 */

import { timingSafeEqual } from 'node:crypto';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Reply } from './http.ts';

/** The audience of the Bot Connector; a bot asks for it by the scope `<audience>/.default`. */
export const CONNECTOR_AUDIENCE = 'https://api.botframework.com';

/** Teams sends the same token for a while. */
const REUSE_MS = 5 * 60_000;
const BOT_TOKEN_SECONDS = 3_600;
const MAX_KNOWN_TOKENS = 1_000;

export type SigningKey = {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
};

export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const { kty, n, e } = await exportJWK(publicKey);
  const kid = crypto.randomUUID();
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { kid, use: 'sig', alg: 'RS256', ...(kty && n && e ? { kty, n, e } : {}) } as JWK,
  };
}

export type Identity = {
  /** `GET /.well-known/openidconfiguration` */
  openIdConfiguration(): Reply;
  /** `GET /keys` */
  keys(): Reply;
  /** `POST /oauth2/v2.0/token`, with the form that was sent. */
  token(form: URLSearchParams): Promise<Reply>;
  /** Whether this `Authorization` header holds a token of ours for the connector. */
  admits(authorization: string | undefined): Promise<boolean>;
  /** The header's value for a call to the bot. */
  tokenForBot(): Promise<string>;
  /** Signs any claims with the true key: for showing a bot tokens that are nearly right. */
  sign(claims: JWTPayload): Promise<string>;
};

export function createIdentity(options: {
  readonly url: string;
  /** What the bot is told of where the connector is. */
  readonly serviceUrl: () => string;
  readonly key: SigningKey;
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  readonly tokenSeconds: number;
}): Identity {
  const { url, serviceUrl, key, appId, appPassword, tenantId, tokenSeconds } = options;
  const loginIssuer = `${url}/${tenantId}/v2.0`;
  /** Verified tokens and when they expire, in epoch milliseconds: a signature needs checking once. */
  const known = new Map<string, number>();
  let forBot: { readonly token: string; readonly until: number; readonly from: string } | undefined;

  const sign = (claims: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid }).sign(key.privateKey);
  const seconds = () => Math.floor(Date.now() / 1_000);

  return {
    openIdConfiguration: () => ({
      status: 200,
      body: {
        issuer: url,
        authorization_endpoint: `${url}/oauth2/v2.0/authorize`,
        token_endpoint: `${url}/oauth2/v2.0/token`,
        jwks_uri: `${url}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
      },
    }),
    keys: () => ({ status: 200, body: { keys: [{ ...key.jwk, endorsements: ['msteams'] }] } }),

    async token(form) {
      const missing = ['grant_type', 'client_id', 'client_secret', 'scope'].find((name) => !form.get(name));
      if (missing !== undefined)
        return oauthError(400, 'invalid_request', `The parameter ${missing} is missing.`);
      if (form.get('grant_type') !== 'client_credentials') {
        return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
      }
      if (form.get('client_id') !== appId) {
        return oauthError(
          400,
          'unauthorized_client',
          `There is no application ${form.get('client_id')} here.`,
        );
      }
      if (!sameSecret(form.get('client_secret') ?? '', appPassword)) {
        return oauthError(401, 'invalid_client', 'The client secret is not the one of this application.');
      }
      if (form.get('scope') !== `${CONNECTOR_AUDIENCE}/.default`) {
        return oauthError(400, 'invalid_scope', `The scope must be ${CONNECTOR_AUDIENCE}/.default.`);
      }
      const now = seconds();
      const access_token = await sign({
        iss: loginIssuer,
        aud: CONNECTOR_AUDIENCE,
        appid: appId,
        tid: tenantId,
        iat: now,
        nbf: now,
        exp: now + tokenSeconds,
        jti: crypto.randomUUID(),
      });
      return {
        status: 200,
        body: { token_type: 'Bearer', expires_in: tokenSeconds, ext_expires_in: tokenSeconds, access_token },
      };
    },

    async admits(authorization) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return false;
      const expires = known.get(token);
      if (expires !== undefined) return expires > Date.now();
      try {
        const { payload } = await jwtVerify(token, key.publicKey, {
          algorithms: ['RS256'],
          audience: CONNECTOR_AUDIENCE,
          issuer: loginIssuer,
          requiredClaims: ['exp'],
        });
        if (payload.appid !== appId) return false;
        if (known.size >= MAX_KNOWN_TOKENS) known.clear();
        known.set(token, (payload.exp ?? 0) * 1_000);
        return true;
      } catch {
        return false;
      }
    },

    async tokenForBot() {
      if (forBot === undefined || forBot.until <= Date.now() || forBot.from !== serviceUrl()) {
        const now = seconds();
        const token = await sign({
          iss: url,
          aud: appId,
          serviceurl: serviceUrl(),
          nbf: now,
          iat: now,
          exp: now + BOT_TOKEN_SECONDS,
        });
        forBot = { token, until: Date.now() + REUSE_MS, from: serviceUrl() };
      }
      return forBot.token;
    },
    sign,
  };
}

function oauthError(status: number, error: string, error_description: string): Reply {
  return { status, body: { error, error_description } };
}

function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
