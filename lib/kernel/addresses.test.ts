import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressIn, canonicalAddress, loopbackWord, parseAddressList, parseCidr } from "./addresses";

const ranges = (text: string) => {
  const list = parseAddressList(text, loopbackWord);
  if (!list.ok) throw new Error(list.reason);
  return list.ranges;
};
const textOf = (text: string) => {
  const result = parseCidr(text);
  return result.ok ? result.range.text : result.reason;
};

test.each([
  ["1.2.3.4", "1.2.3.4"],
  ["::ffff:1.2.3.4", "1.2.3.4"],
  ["::FFFF:102:304", "1.2.3.4"],
  ["2001:0DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["fe80::1%eth0", "fe80::1"],
  ["::1", "::1"],
])("%s is kept as %s", (given, kept) => {
  expect(canonicalAddress(given)).toBe(kept);
});

test.each([
  "",
  "1.2.3",
  "01.2.3.4",
  "0x7f.0.0.1",
  "2130706433",
  "1.2.3.4:80",
  "[::1]",
  "::ffff:01.2.3.4",
  "::127.0.0.1",
  " 1.2.3.4",
  "1.2.3.4\n",
  "unknown",
  "%eth0",
  "1".repeat(100),
])("%j is no address", (given) => {
  expect(canonicalAddress(given)).toBeNull();
});

describe("a range", () => {
  test.each([
    ["10.0.0.0/8", "10.0.0.0/8"],
    [" 10.1.2.3 ", "10.1.2.3"],
    ["10.1.2.3/32", "10.1.2.3"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8::/32", "2001:db8::/32"],
    ["::ffff:10.0.0.0/104", "10.0.0.0/8"],
    ["::/0", "::/0"],
  ])("%s is %s", (given, kept) => expect(textOf(given)).toBe(kept));

  test.each([
    ["10.0.0.5/8", '"10.0.0.5/8" names an address inside a range. Did you mean 10.0.0.0/8?'],
    ["10.0.0.0/33", 'The part after the slash in "10.0.0.0/33" must be a number from 0 to 32.'],
    ["::1/x", 'The part after the slash in "::1/x" must be a number from 0 to 128.'],
    ["10.0.0.0/", 'The part after the slash in "10.0.0.0/" must be a number from 0 to 32.'],
    ["nowhere", '"nowhere" is not an IP address or range, such as 10.0.0.0/8 or 2001:db8::/32.'],
    ["10.0.0.0/8/8", '"10.0.0.0/8/8" is not an IP address or range, such as 10.0.0.0/8 or 2001:db8::/32.'],
    ["fe80::1%eth0", '"fe80::1%eth0" is not an IP address or range, such as 10.0.0.0/8 or 2001:db8::/32.'],
  ])("%s is refused in words", (given, reason) => expect(textOf(given)).toBe(reason));
});

test("a list takes commas, line breaks and the word loopback, and names its first wrong entry", () => {
  expect(ranges("10.0.0.0/8, loopback,\n2001:db8::1,").map(({ text }) => text)).toEqual([
    "10.0.0.0/8",
    "127.0.0.0/8",
    "::1",
    "2001:db8::1",
  ]);
  expect(parseAddressList("10.0.0.0/8,x")).toMatchObject({ ok: false, reason: expect.stringContaining('"x"') });
  expect(parseAddressList("loopback").ok).toBe(false);
  expect(parseAddressList("constructor", loopbackWord).ok).toBe(false);
});

test("addresses are found in ranges of their own family only, however they are written", () => {
  expect(addressIn(ranges("loopback"), "::ffff:127.0.0.9")).toBe(true);
  expect(addressIn(ranges("10.0.0.0/8"), "11.0.0.1")).toBe(false);
  expect(addressIn(ranges("::/0"), "10.0.0.1")).toBe(false);
  expect(addressIn(ranges("0.0.0.0/0"), "::1")).toBe(false);
  expect(addressIn(ranges("fe80::/10"), "fe80::1%en0")).toBe(true);
  expect(addressIn(ranges("0.0.0.0/0,::/0"), "nonsense")).toBe(false);
});

const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6());

test("what is kept is a real address, and keeping it again changes nothing", () => {
  fc.assert(
    fc.property(fc.oneof(anyAddress, fc.string()), (text) => {
      const kept = canonicalAddress(text);
      if (kept === null) return;
      expect(isIP(kept)).not.toBe(0);
      expect(canonicalAddress(kept)).toBe(kept);
    }),
  );
});

test("an IPv4 address is in a range exactly when its leading bits are the range's", () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 32 }), (network, address, prefix) => {
      const mask = prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0;
      const range = ranges(`${dotted((network & mask) >>> 0)}/${prefix}`);
      expect(addressIn(range, dotted(address))).toBe((address & mask) >>> 0 === (network & mask) >>> 0);
      expect(addressIn(range, `::ffff:${dotted(address)}`)).toBe(addressIn(range, dotted(address)));
    }),
  );
});

test("every accepted range reads back as itself, and no text throws", () => {
  fc.assert(
    fc.property(fc.oneof(anyAddress, fc.string()), fc.integer({ min: 0, max: 129 }), (text, prefix) => {
      const result = parseCidr(`${text}/${prefix}`);
      if (result.ok) expect(textOf(result.range.text)).toBe(result.range.text);
    }),
  );
});
