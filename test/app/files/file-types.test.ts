import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lookInto, typeOf } from '../../../src/app/files/file-types.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const BYTES = {
  png: PNG,
  jpeg: Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  gif: Buffer.from('GIF89a\u0001\u0000\u0001\u0000'),
  pdf: Buffer.from('%PDF-1.7\n1 0 obj'),
  zip: Buffer.from('504b0304140000000000', 'hex'),
  cfb: Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'),
  exe: Buffer.from('4d5a90000300000004000000', 'hex'),
  html: Buffer.from('<!doctype html><script>alert(1)</script>'),
  text: Buffer.from('mandato 1234'),
  binary: Buffer.from([1, 0, 2, 0, 3]),
  wide: Buffer.from('\ufeffmandato', 'utf16le'),
  nothing: Buffer.alloc(0),
};

describe('T15 types are told by the bytes', () => {
  for (const [bytes, claimed, type] of [
    ['png', 'image/*', 'image/png'],
    ['jpeg', 'image/*', 'image/jpeg'],
    ['jpeg', 'image/png', 'image/jpeg'],
    ['gif', 'application/octet-stream', 'image/gif'],
    ['png', 'text/html', 'image/png'],
    ['pdf', '', 'application/pdf'],
    ['exe', 'application/pdf', 'application/x-msdownload'],
    ['exe', 'image/png', 'application/x-msdownload'],
    ['html', 'image/png', 'application/octet-stream'],
    ['html', 'application/pdf', 'application/octet-stream'],
    ['text', 'image/*', 'application/octet-stream'],
    ['text', 'text/plain; charset=utf-8', 'text/plain'],
    ['binary', 'text/plain', 'application/octet-stream'],
    ['wide', 'text/plain', 'text/plain'],
    [
      'zip',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['zip', 'image/png', 'application/zip'],
    ['cfb', 'application/msword', 'application/msword'],
    ['text', 'constructor', 'application/octet-stream'],
    ['nothing', 'image/png', 'application/octet-stream'],
  ] as const)
    test(`${bytes} that is called ${JSON.stringify(claimed)} is ${type}`, async () => {
      assert.equal(await typeOf(BYTES[bytes], claimed), type);
    });

  test('the content is whole afterwards, in whatever pieces it comes', async () => {
    const whole = Buffer.concat([PNG, Buffer.alloc(20_000, 7)]);
    for (const size of [1, 7, 4_100, 50_000]) {
      async function* pieces() {
        for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
      }
      const { contentType, content } = await lookInto(pieces(), 'image/*');
      const read: Uint8Array[] = [];
      for await (const piece of content) read.push(piece);
      assert.deepEqual(Buffer.concat(read), whole);
      assert.equal(contentType, 'image/png');
    }
  });

  test('who stops reading closes what is read from', async () => {
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(3_000);
      } finally {
        closed = true;
      }
    }
    const { content } = await lookInto(endless(), '');
    for await (const _ of content) break;
    assert.ok(closed);
  });
});
