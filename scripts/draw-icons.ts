/**
 * Draws the app's two icons into `appPackage/`: a clerk behind the window of a counter (in Italian, "sportello").
 *
 * Every shape is a signed distance: how many pixels a point lies outside it, negative inside. That gives smooth edges
 * at any size without a drawing library.
 *
 *     node scripts/draw-icons.ts
 */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Bitmap, encodePng } from './png.ts';

type Shape = (x: number, y: number) => number;
type Colour = readonly [red: number, green: number, blue: number];
type Layer = { readonly shape: Shape; readonly colour: (y: number) => Colour };

const circle =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) - radius;

/** A box between two corners, with one radius for the upper corners and one for the lower. */
function box(left: number, top: number, right: number, bottom: number, upper = 0, lower = upper): Shape {
  const cx = (left + right) / 2;
  const cy = (top + bottom) / 2;
  return (x, y) => {
    const radius = y < cy ? upper : lower;
    const dx = Math.abs(x - cx) - (right - left) / 2 + radius;
    const dy = Math.abs(y - cy) - (bottom - top) / 2 + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

const union =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));

const within =
  (shape: Shape, frame: Shape): Shape =>
  (x, y) =>
    Math.max(shape(x, y), frame(x, y));

/** The shape's edge, as a line of this width inside it. */
const rim =
  (shape: Shape, width: number): Shape =>
  (x, y) =>
    Math.abs(shape(x, y) + width / 2) - width / 2;

const plain = (colour: Colour) => () => colour;

function fade(from: Colour, to: Colour, height: number): (y: number) => Colour {
  const mix = (a: number, b: number, share: number) => a + (b - a) * share;
  return (y) => [
    mix(from[0], to[0], y / height),
    mix(from[1], to[1], y / height),
    mix(from[2], to[2], y / height),
  ];
}

/** Paints the layers over each other; where none covers a pixel fully, it stays partly transparent. */
function paint(size: number, layers: readonly Layer[]): Bitmap {
  const rgba = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let [red, green, blue, alpha] = [0, 0, 0, 0];
      for (const { shape, colour } of layers) {
        const cover = Math.min(1, Math.max(0, 0.5 - shape(x + 0.5, y + 0.5)));
        if (cover === 0) continue;
        const [r, g, b] = colour(y + 0.5);
        const total = cover + alpha * (1 - cover);
        const share = cover / total;
        red += (r - red) * share;
        green += (g - green) * share;
        blue += (b - blue) * share;
        alpha = total;
      }
      const pixel = [red, green, blue, alpha * 255].map(Math.round);
      rgba.set(pixel, (y * size + x) * 4);
    }
  }
  return { width: size, height: size, rgba };
}

const WHITE: Colour = [255, 255, 255];

/** 192 × 192, a full square (Teams rounds it), the drawing within the middle 120 × 120. */
export function drawColourIcon(): Bitmap {
  const window = box(44, 36, 148, 132, 24, 0);
  const pane = box(54, 46, 138, 132, 14, 0);
  const clerk = union(circle(96, 82, 18), box(64, 106, 128, 180, 26, 0));
  return paint(192, [
    { shape: box(-9, -9, 201, 201), colour: fade([46, 139, 150], [24, 88, 110], 192) },
    { shape: window, colour: plain(WHITE) },
    { shape: pane, colour: plain([207, 232, 234]) },
    { shape: within(clerk, pane), colour: plain([24, 88, 110]) },
    { shape: box(36, 128, 156, 144, 6), colour: plain([244, 193, 108]) },
    { shape: box(46, 144, 146, 156, 0, 4), colour: plain([214, 158, 72]) },
  ]);
}

/** 32 × 32, white on nothing, reaching the edges as the rules for the app bar ask. */
export function drawOutlineIcon(): Bitmap {
  const window = box(3, 1, 29, 25, 7, 0);
  const clerk = union(circle(16, 11, 4), box(9, 17, 23, 30, 6, 0));
  return paint(32, [
    { shape: rim(window, 2), colour: plain(WHITE) },
    { shape: within(clerk, window), colour: plain(WHITE) },
    { shape: box(1, 23, 31, 27, 1.5), colour: plain(WHITE) },
    { shape: box(4, 28, 28, 31, 0, 1), colour: plain(WHITE) },
  ]);
}

if (import.meta.main) {
  for (const [name, icon] of [
    ['color.png', drawColourIcon()],
    ['outline.png', drawOutlineIcon()],
  ] as const) {
    writeFileSync(fileURLToPath(new URL(`../appPackage/${name}`, import.meta.url)), encodePng(icon));
    console.log(`appPackage/${name}: ${icon.width} × ${icon.height}`);
  }
}
