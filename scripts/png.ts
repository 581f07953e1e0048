/** Reads and writes the kind of PNG that a Teams app package needs: 8 bits a channel, not interlaced. */

import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Red, green, blue and alpha of each pixel, row by row, colour not premultiplied by alpha. */
export type Bitmap = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

export type PngHeader = {
  readonly width: number;
  readonly height: number;
  /** Bits per channel. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colourType: number;
  readonly interlaced: boolean;
};

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const RGB = 2;
const RGBA = 6;

function chunk(type: string, body: Uint8Array): Buffer {
  const name = Buffer.from(type, 'latin1');
  const bytes = Buffer.alloc(body.length + 12);
  bytes.writeUInt32BE(body.length, 0);
  name.copy(bytes, 4);
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(body, crc32(name)), body.length + 8);
  return bytes;
}

/** Encodes as RGB with alpha, 8 bits a channel. */
export function encodePng({ width, height, rgba }: Bitmap): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, RGBA, 0, 0, 0], 8);
  const stride = width * 4;
  // Every row starts with the number of its filter; 0 leaves it as it is.
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** The picture's measures, or undefined where the bytes are not a PNG. */
export function readPngHeader(bytes: Uint8Array): PngHeader | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 33 || !view.subarray(0, 8).equals(SIGNATURE)) return undefined;
  if (view.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return {
    width: view.readUInt32BE(16),
    height: view.readUInt32BE(20),
    depth: view.readUInt8(24),
    colourType: view.readUInt8(25),
    interlaced: view.readUInt8(28) !== 0,
  };
}

/** The pixels, or undefined where the PNG is damaged or not of the kind that this file knows (RGB or RGBA). */
export function decodePng(bytes: Uint8Array): Bitmap | undefined {
  const header = readPngHeader(bytes);
  if (header?.depth !== 8 || header.interlaced) return undefined;
  if (header.colourType !== RGBA && header.colourType !== RGB) return undefined;
  const { width, height } = header;
  const channels = header.colourType === RGBA ? 4 : 3;
  const rows = pixelRows(bytes);
  if (rows?.length !== (width * channels + 1) * height) return undefined;
  const pixels = unfilter(rows, width, height, channels);
  if (!pixels) return undefined;
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) {
    rgba.set(pixels.subarray(at * channels, (at + 1) * channels), at * 4);
  }
  return { width, height, rgba };
}

/** The unpacked contents of all IDAT chunks. */
function pixelRows(bytes: Uint8Array): Uint8Array | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  for (let at = 8; at + 12 <= view.length; ) {
    const end = at + 8 + view.readUInt32BE(at);
    if (end + 4 > view.length) return undefined;
    if (crc32(view.subarray(at + 4, end)) !== view.readUInt32BE(end)) return undefined;
    if (view.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(view.subarray(at + 8, end));
    at = end + 4;
  }
  try {
    return inflateSync(Buffer.concat(parts));
  } catch {
    return undefined;
  }
}

/** Undoes the five row filters of the PNG specification, section 9. */
function unfilter(rows: Uint8Array, width: number, height: number, channels: number): Uint8Array | undefined {
  const stride = width * channels;
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)] ?? 0;
    if (filter > 4) return undefined;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (out[at - channels] ?? 0);
      const up = y === 0 ? 0 : (out[at - stride] ?? 0);
      const upLeft = x < channels || y === 0 ? 0 : (out[at - stride - channels] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter] ?? 0;
      out[at] = (rows[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
