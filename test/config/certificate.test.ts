import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { readCertificate } from '../../src/config/certificate.ts';
import { makeCertificate } from '../support/certificate.ts';

const ENDS = Date.UTC(2031, 4, 6, 7, 8, 9);
const own = makeCertificate(ENDS);
const hex = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase();

function problem(pem: string, thumbprint?: string): string {
  const read = readCertificate(pem, thumbprint);
  assert.ok(!read.ok);
  assert.ok(!read.problem.includes(own.keyPem.slice(40, 80)), 'the key must not be repeated');
  return read.problem;
}

function certificate(pem: string, thumbprint?: string) {
  const read = readCertificate(pem, thumbprint);
  assert.ok(read.ok, read.ok ? '' : read.problem);
  return { ...read.certificate.thumbprint, endsAt: read.certificate.endsAt };
}

test('A5 a PEM with key and certificate tells thumbprint and end by itself, in either order and on one line', () => {
  const expected = {
    algorithm: 'sha256',
    digest: Buffer.from(hex(own.certificate.fingerprint256), 'hex'),
    endsAt: ENDS,
  };
  for (const pem of [
    own.pem,
    own.certificate.toString() + own.keyPem,
    own.pem.replaceAll('\n', '\\n'),
    makeCertificate().certificate.toString() + own.pem,
  ])
    assert.deepEqual(certificate(pem), expected);
  assert.deepEqual(certificate(own.pem, own.certificate.fingerprint), expected);
});

test('A5 a key alone needs its thumbprint, of SHA-1 or SHA-256', () => {
  assert.match(problem(own.keyPem), /^CertificateThumbprint: is missing/);
  assert.match(problem(own.keyPem, 'abc'), /^CertificateThumbprint: must be 40/);
  assert.deepEqual(certificate(own.keyPem, own.certificate.fingerprint), {
    algorithm: 'sha1',
    digest: Buffer.from(hex(own.certificate.fingerprint), 'hex'),
    endsAt: undefined,
  });
  assert.equal(certificate(own.keyPem, own.certificate.fingerprint256).algorithm, 'sha256');
});

test('A5 what does not belong together or is no RSA key is refused, without repeating any of it', () => {
  const other = makeCertificate();
  assert.match(problem(own.keyPem + other.certificate.toString()), /belongs to another key/);
  assert.match(problem(own.pem, other.certificate.fingerprint), /of another certificate/);
  assert.match(problem('-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----'), /must hold the RSA/);
  assert.match(problem(own.certificate.toString()), /must hold the RSA/);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  assert.match(problem(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()), /must hold the RSA/);
});
