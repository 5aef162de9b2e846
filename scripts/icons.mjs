import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { root } from './setup/run.mjs';

/**
 * `npm run icons`: draws Twig's mark, a stem with two leaves, into every picture the app is packaged
 * with. Shapes are functions of a point in a square from 0 to 1; y points down.
 * @typedef {(x: number, y: number) => boolean} Shape
 * @typedef {readonly [red: number, green: number, blue: number]} Colour
 */

/** Pixels are looked at this often in each direction, which makes smooth edges. */
const samples = 4;

/**
 * A leaf: where two equal circles overlap, with its tips at both points.
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by
 * @param {number} width as a share of the length
 * @returns {Shape}
 */
function leaf(ax, ay, bx, by, width) {
  const half = Math.hypot(bx - ax, by - ay) / 2;
  const sag = half * width;
  const radius = (half * half + sag * sag) / (2 * sag);
  const away = radius - sag;
  const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
  const [nx, ny] = [-(by - ay) / (2 * half), (bx - ax) / (2 * half)];
  return (x, y) =>
    Math.hypot(x - mx - nx * away, y - my - ny * away) < radius &&
    Math.hypot(x - mx + nx * away, y - my + ny * away) < radius;
}

/**
 * A bent stroke of even thickness with round ends, through three points.
 * @param {readonly [number, number]} from @param {readonly [number, number]} bend
 * @param {readonly [number, number]} to @param {number} thickness
 * @returns {Shape}
 */
function stroke(from, bend, to, thickness) {
  const dots = Array.from({ length: 33 }, (_, index) => {
    const t = index / 32;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * from[0] + b * bend[0] + c * to[0], a * from[1] + b * bend[1] + c * to[1]];
  });
  return (x, y) => dots.some(([dx = 0, dy = 0]) => Math.hypot(x - dx, y - dy) < thickness / 2);
}

/** @param {number} inset @param {number} corner @returns {Shape} a square with round corners */
function tile(inset, corner) {
  return (x, y) => {
    const dx = Math.max(Math.abs(x - 0.5) - (0.5 - inset - corner), 0);
    const dy = Math.max(Math.abs(y - 0.5) - (0.5 - inset - corner), 0);
    return Math.hypot(dx, dy) < corner;
  };
}

/** @type {Shape} */
const stem = stroke([0.3, 0.93], [0.46, 0.66], [0.5, 0.36], 0.075);
const upper = leaf(0.47, 0.5, 0.78, 0.05, 0.46);
const lower = leaf(0.43, 0.7, 0.09, 0.27, 0.42);
/** @type {Shape} the whole, moved so that it sits in the middle */
const mark = (x, y) => upper(x - 0.06, y) || lower(x - 0.06, y) || stem(x - 0.06, y);
/** @param {Shape} shape @param {number} scale @returns {Shape} the shape made smaller about the middle */
const shrunk = (shape, scale) => (x, y) => shape((x - 0.5) / scale + 0.5, (y - 0.5) / scale + 0.5);

/**
 * Paints layers over each other, the first on top.
 * @param {number} size in pixels
 * @param {readonly { shape: Shape, colour: Colour }[]} layers
 * @returns {Buffer} a PNG with transparency
 */
function png(size, layers) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const total = [0, 0, 0];
      let seen = 0;
      for (let sample = 0; sample < samples ** 2; sample++) {
        const x = (column + ((sample % samples) + 0.5) / samples) / size;
        const y = (row + (Math.floor(sample / samples) + 0.5) / samples) / size;
        const top = layers.find(({ shape }) => shape(x, y));
        if (!top) continue;
        seen++;
        top.colour.forEach((value, channel) => {
          total[channel] = (total[channel] ?? 0) + value;
        });
      }
      const at = row * (size * 4 + 1) + 1 + column * 4;
      if (seen > 0)
        rows.set([...total.map((value) => Math.round(value / seen)), Math.round((seen * 255) / samples ** 2)], at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (/** @type {string} */ type, /** @type {Buffer} */ data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(rows, { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** @type {Colour} */
const accent = [0x47, 0x56, 0xd8];
/** @type {Colour} */
const paper = [0xff, 0xff, 0xff];
/** @type {Colour} */
const ink = [0, 0, 0];

/** @type {Record<string, Buffer>} */
const pictures = {
  'scripts/package/icon.png': png(1024, [
    { shape: shrunk(mark, 0.62), colour: paper },
    { shape: tile(0.06, 0.2), colour: accent },
  ]),
  'main/desktop/icons/tray.png': png(32, [
    { shape: shrunk(mark, 0.8), colour: paper },
    { shape: tile(0, 0.22), colour: accent },
  ]),
  // The Mac inks these itself, so they are black on nothing.
  'main/desktop/icons/trayTemplate.png': png(16, [{ shape: mark, colour: ink }]),
  'main/desktop/icons/trayTemplate@2x.png': png(32, [{ shape: mark, colour: ink }]),
};
for (const [path, picture] of Object.entries(pictures)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), picture);
}
