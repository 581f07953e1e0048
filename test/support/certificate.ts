/** A self-signed X.509 certificate, made without any tool: just enough ASN.1 for one. */

import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';

export type TestCertificate = {
  readonly certificate: X509Certificate;
  readonly publicKey: KeyObject;
  /** Private key and certificate in one text, as Key Vault gives them. */
  readonly pem: string;
  readonly keyPem: string;
};

/** @param endsAt milliseconds since 1970, a whole second before 2050 */
export function makeCertificate(endsAt: number = Date.UTC(2040, 0, 1)): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = sequence(set(sequence(objectId('550403'), der(0x0c, Buffer.from('Sportello')))));
  const algorithm = sequence(objectId('2a864886f70d01010b'), der(0x05, Buffer.alloc(0)));
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(Date.UTC(2020, 0, 1)), time(endsAt)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]);
  const certificate = new X509Certificate(sequence(content, algorithm, der(0x03, signature)));
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificate, publicKey, keyPem, pem: `${keyPem}${certificate.toString()}` };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => der(0x31, Buffer.concat(parts));
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

/** UTCTime: two digits of the year. */
function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/[-:T]|\..*/g, '');
  return der(0x17, Buffer.from(`${digits.slice(2)}Z`));
}
