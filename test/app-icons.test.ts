import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { drawColourIcon, drawOutlineIcon } from '../scripts/draw-icons.ts';
import { type Bitmap, decodePng, encodePng, readPngHeader } from '../scripts/png.ts';
import { FOLDER } from './support/app-package.ts';

const read = (name: string) => readFile(join(FOLDER, name));

test('A8 the colour icon is a full square of 192 pixels with 8-bit RGBA', async () => {
  const bytes = await read('color.png');
  const header = { width: 192, height: 192, depth: 8, colourType: 6, interlaced: false };
  assert.deepEqual(readPngHeader(bytes), header);
  const icon = decodePng(bytes);
  assert.ok(icon?.rgba.every((value, at) => at % 4 !== 3 || value === 255));
});

test('A8 the outline icon is 32 pixels of white on nothing and reaches the edges', async () => {
  const bytes = await read('outline.png');
  const header = { width: 32, height: 32, depth: 8, colourType: 6, interlaced: false };
  assert.deepEqual(readPngHeader(bytes), header);
  const { rgba } = decodePng(bytes) ?? assert.fail('not readable');
  const columns = new Set<number>();
  const rows = new Set<number>();
  for (let at = 0; at < 32 * 32; at++) {
    const [red, green, blue, alpha] = rgba.subarray(at * 4, at * 4 + 4);
    if (alpha === 0) continue;
    assert.deepEqual([red, green, blue], [255, 255, 255]);
    columns.add(at % 32);
    rows.add(Math.floor(at / 32));
  }
  assert.deepEqual([Math.min(...columns), Math.max(...columns)], [1, 30]);
  assert.deepEqual([Math.min(...rows), Math.max(...rows)], [1, 30]);
});

test('A8 the icons are what the drawing script draws', async () => {
  for (const [name, drawn] of [
    ['color.png', drawColourIcon()],
    ['outline.png', drawOutlineIcon()],
  ] as const) {
    const { rgba } = decodePng(await read(name)) ?? assert.fail(`${name} cannot be read`);
    assert.ok(
      Buffer.compare(rgba, drawn.rgba) === 0,
      `run node scripts/draw-icons.ts, ${name} is out of date`,
    );
  }
});

test('A8 a picture that was written can be read back, and a damaged one is refused', () => {
  const rgba = Uint8Array.from({ length: 5 * 3 * 4 }, (_, at) => (at * 37) % 256);
  const picture: Bitmap = { width: 5, height: 3, rgba };
  const bytes = encodePng(picture);
  assert.deepEqual(decodePng(bytes), picture);
  assert.equal(decodePng(bytes.subarray(0, -20)), undefined);
  const broken = Uint8Array.from(bytes);
  broken[45] = (broken[45] ?? 0) ^ 1;
  assert.equal(decodePng(broken), undefined);
});

test('A8 a picture of another program can be read, whichever row filters it uses', () => {
  // Three RGB pixels a row; row n uses filter n, written out here as the PNG specification defines them.
  const pixels = Array.from({ length: 5 }, (_, y) =>
    Array.from({ length: 9 }, (_, x) => (y * 83 + x * 151) % 256),
  );
  const at = (y: number, x: number) => pixels[y]?.[x] ?? 0;
  const rows = pixels.flatMap((row, y) => [
    y,
    ...row.map((value, x) => {
      const [a, b, c] = [at(y, x - 3), at(y - 1, x), at(y - 1, x - 3)];
      const p = a + b - c;
      const nearest = [a, b, c].toSorted((m, n) => Math.abs(p - m) - Math.abs(p - n))[0] ?? 0;
      return (value - ([0, a, b, Math.floor((a + b) / 2), nearest][y] ?? 0)) & 255;
    }),
  ]);
  const part = (type: string, body: Uint8Array) => {
    const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type), body, Buffer.alloc(4)]);
    bytes.writeUInt32BE(body.length, 0);
    bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
    return bytes;
  };
  const header = Uint8Array.of(0, 0, 0, 3, 0, 0, 0, 5, 8, 2, 0, 0, 0);
  const body = part('IDAT', deflateSync(Uint8Array.from(rows)));
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const picture = decodePng(Buffer.concat([signature, part('IHDR', header), body]));
  const opaque = pixels.flatMap((row) => [0, 3, 6].flatMap((x) => [...row.slice(x, x + 3), 255]));
  assert.deepEqual(picture && [...picture.rgba], opaque);
});
