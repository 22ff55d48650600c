import { crc32, deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const most = 256;

/**
 * Writes a picture of the screen anew with at most 256 colours: the flat areas of a console need no more, and the file is
 * about half as large. Takes PNG of 8 bits, RGB or RGBA (what the browser makes); throws on any other.
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, channels, data } = read(png);
  const pixels = unfilter(data, width * channels, height, channels);
  const { palette, indexes } = fewColors(pixels, channels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) indexes.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits, by palette.
  head.set([8, 3, 0, 0, 0], 8);
  const parts = [
    { type: "IHDR", body: head },
    { type: "PLTE", body: palette },
    { type: "IDAT", body: deflateSync(rows, { level: 9, memLevel: 9 }) },
    { type: "IEND", body: Buffer.alloc(0) },
  ];
  return Buffer.concat([signature, ...parts.map(({ type, body }) => chunk(type, body))]);
}

function read(png: Buffer) {
  if (!png.subarray(0, 8).equals(signature)) throw new Error("This is not a PNG.");
  const [depth, color, , , interlaced] = png.subarray(24, 29);
  if (depth !== 8 || (color !== 2 && color !== 6) || interlaced !== 0) throw new Error("This kind of PNG is not read.");
  const body: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") body.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const channels = color === 2 ? 3 : 4;
  return {
    width: png.readUInt32BE(16),
    height: png.readUInt32BE(20),
    channels,
    data: inflateSync(Buffer.concat(body)),
  };
}

/** Undoes the five filters of PNG (RFC 2083, section 6). */
function unfilter(data: Buffer, stride: number, height: number, step: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const kind = data[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= step ? (out[at - step] ?? 0) : 0;
      const up = y > 0 ? (out[at - stride] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (out[at - stride - step] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind] ?? 0;
      out[at] = (data[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** The most frequent colours, and for each pixel the nearest of them. */
function fewColors(pixels: Buffer, step: number): { palette: Buffer; indexes: Buffer } {
  const counts = new Map<number, number>();
  const indexes = Buffer.alloc(pixels.length / step);
  const colorAt = (index: number) => pixels.readUIntBE(index * step, 3);
  for (let index = 0; index < indexes.length; index++) {
    const color = colorAt(index);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const kept = chosen(counts);
  const nearest = new Map<number, number>(kept.map((color, index) => [color, index]));
  for (let index = 0; index < indexes.length; index++) {
    const color = colorAt(index);
    const known = nearest.get(color) ?? nearestOf(kept, color);
    nearest.set(color, known);
    indexes[index] = known;
  }
  const palette = Buffer.alloc(kept.length * 3);
  for (const [index, color] of kept.entries()) palette.writeUIntBE(color, index * 3, 3);
  return { palette, indexes };
}

/** Flat colours as they are, and of the others one for each corner of the colour space that is in use. */
function chosen(counts: ReadonlyMap<number, number>): number[] {
  const byCount = [...counts].sort(([, one], [, other]) => other - one).map(([color]) => color);
  if (byCount.length <= most) return byCount;
  const kept = new Set(byCount.slice(0, most / 2));
  const corners = new Set([...kept].map(corner));
  for (const color of byCount) {
    if (kept.size === most) break;
    if (corners.has(corner(color))) continue;
    corners.add(corner(color));
    kept.add(color);
  }
  for (const color of byCount) {
    if (kept.size === most) break;
    kept.add(color);
  }
  return [...kept];
}

/** Four bits of each channel. */
const corner = (color: number): number => color & 0xf0f0f0;

function nearestOf(kept: readonly number[], color: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [index, other] of kept.entries()) {
    const far =
      ((color >> 16) - (other >> 16)) ** 2 +
      (((color >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
      ((color & 255) - (other & 255)) ** 2;
    if (far < least) [best, least] = [index, far];
  }
  return best;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
