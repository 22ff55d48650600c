import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { docsPictures, reportPicture } from "./docs-pictures";
import { smallPng } from "./small-png";

const made = [...docsPictures.map(({ name }) => name), reportPicture].sort();

/** The pictures that README.md and the files of docs/ name, without their folder. */
function named(): string[] {
  const files = ["README.md", ...readdirSync("docs", { recursive: true }).map((file) => join("docs", String(file)))];
  const texts = files.filter((file) => file.endsWith(".md")).map((file) => readFileSync(file, "utf8"));
  const found = texts.flatMap((text) => [...text.matchAll(/images\/([\w-]+)\.png/g)].map(([, name = ""]) => name));
  return [...new Set(found)].sort();
}

test("every picture that README and docs name is made by npm run screenshots, and no other", () => {
  expect(named()).toEqual(made);
});

test("every picture is there, none lies about, and none is large", () => {
  const files = readdirSync("docs/images").sort();
  expect(files).toEqual(made.map((name) => `${name}.png`).sort());
  for (const file of files) {
    const png = readFileSync(join("docs/images", file));
    expect(png.length, file).toBeLessThan(200 * 1024);
    const phone = docsPictures.find(({ name }) => `${name}.png` === file)?.phone;
    if (file !== `${reportPicture}.png`)
      expect([png.readUInt32BE(16), png.readUInt32BE(20)], file).toEqual(phone ? [390, 844] : [1440, 900]);
  }
});

test("a picture gets fewer colours and keeps the flat ones as they are; what is no PNG is refused", () => {
  const [width, height] = [64, 64];
  const shade = (x: number, y: number) => (y < 32 ? [16, 106, 128, 255] : [x * 4, y * 2, x + y, 255]);
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => shade(x, y)).flat(),
  ]);
  const small = smallPng(encodePng(width, height, Buffer.from(rows.flat())));
  expect([small.readUInt32BE(16), small.readUInt32BE(20), small[25]]).toEqual([width, height, 3]);
  const palette = small.subarray(41, 41 + small.readUInt32BE(33));
  expect(palette.length).toBe(256 * 3);
  expect([...palette.subarray(0, 3)]).toEqual([16, 106, 128]);
  expect(() => smallPng(Buffer.from("GIF89a"))).toThrow("not a PNG");
});

/** A PNG of 8 bits RGBA, of rows that begin with their filter; its sums are left at 0: nobody reads them. */
function encodePng(width: number, height: number, rows: Buffer): Buffer {
  const head = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 6, 0, 0, 0]);
  const parts = [
    ["IHDR", head],
    ["IDAT", deflateSync(rows)],
    ["IEND", Buffer.alloc(0)],
  ] as const;
  const chunks = parts.map(([type, body]) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(type), body, Buffer.alloc(4)]);
  });
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}
