/** The bot's certificate, for those who sign in with one instead of a client secret. */

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

export type BotCertificate = {
  readonly privateKey: KeyObject;
  /** Of the certificate's DER form, as bytes. */
  readonly thumbprint: { readonly algorithm: 'sha1' | 'sha256'; readonly digest: Buffer };
  /** When the certificate ends, in milliseconds since 1970; undefined where only its thumbprint was given. */
  readonly endsAt?: number;
};

export type CertificateResult =
  | { readonly ok: true; readonly certificate: BotCertificate }
  | { readonly ok: false; readonly problem: string };

const WANTED =
  'CertificatePrivateKey: must hold the RSA private key as PEM (“-----BEGIN PRIVATE KEY-----”, without a passphrase), ' +
  'best followed by its certificate, as Key Vault gives both. Line breaks may be written as \\n.';

/**
 * Reads what the Bot Framework calls `CertificatePrivateKey` and `CertificateThumbprint`. The thumbprint may be left out
 * where the PEM has the certificate too; where both are given they must agree.
 *
 * @param pem of several certificates the first that belongs to the key is taken
 * @param thumbprint hexadecimal, of SHA-1 or SHA-256; colons and spaces do not matter
 */
export function readCertificate(pem: string, thumbprint: string | undefined): CertificateResult {
  const text = pem.replaceAll('\\n', '\n');
  let privateKey: KeyObject;
  let own: X509Certificate | undefined;
  try {
    privateKey = createPrivateKey(text);
    const certificates = blocksIn(text).map((block) => new X509Certificate(block));
    own = certificates.find((certificate) => certificate.checkPrivateKey(privateKey));
    if (certificates.length > 0 && !own)
      return refused('CertificatePrivateKey: the certificate in it belongs to another key.');
  } catch {
    // Nothing of it is repeated: it is a secret.
    return refused(WANTED);
  }
  if (privateKey.asymmetricKeyType !== 'rsa') return refused(WANTED);
  const given = thumbprint?.replaceAll(/[:\s]/g, '').toLowerCase();
  if (given !== undefined && !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(given))
    return refused('CertificateThumbprint: must be 40 (SHA-1) or 64 (SHA-256) hexadecimal digits.');
  if (!own) {
    if (given === undefined)
      return refused(
        'CertificateThumbprint: is missing. Set it, or add the certificate to CertificatePrivateKey after the key.',
      );
    return { ok: true, certificate: { privateKey, thumbprint: digestOf(given) } };
  }
  const known = [own.fingerprint, own.fingerprint256].map((one) => one.replaceAll(':', '').toLowerCase());
  if (given !== undefined && !known.includes(given))
    return refused('CertificateThumbprint: is of another certificate than the one in CertificatePrivateKey.');
  return {
    ok: true,
    certificate: { privateKey, thumbprint: digestOf(known[1] as string), endsAt: Date.parse(own.validTo) },
  };
}

function digestOf(hex: string): BotCertificate['thumbprint'] {
  return { algorithm: hex.length === 40 ? 'sha1' : 'sha256', digest: Buffer.from(hex, 'hex') };
}

function refused(problem: string): CertificateResult {
  return { ok: false, problem };
}

function blocksIn(pem: string): string[] {
  const [begin, end] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'];
  const ended = pem.split(end).slice(0, -1);
  return ended
    .filter((block) => block.includes(begin))
    .map((block) => block.slice(block.lastIndexOf(begin)) + end);
}
