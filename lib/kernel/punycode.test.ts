import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalHost } from "./naming";
import { unicodeHost } from "./punycode";

test.each([
  ["xn--bcher-kva.example", "bücher.example"],
  ["shop.xn--mnchen-3ya.example", "shop.münchen.example"],
  ["xn--d1acufc.xn--p1ai", "домен.рф"],
  ["xn--fsqu00a.xn--3lr804guic", "例子.卷筒纸"],
  ["xn--ls8h.example", "💩.example"],
  ["shop.example.com", "shop.example.com"],
  ["xn--99999999999.example", "xn--99999999999.example"],
  ["xn---.example", "xn---.example"],
])("%s is %s", (ascii, unicode) => {
  expect(unicodeHost(ascii)).toBe(unicode);
});

test("what browsers made of any name is read back as the name that makes it again", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."aäßéжщ中文日אב字z"), minLength: 1, maxLength: 20 }), (label) => {
      const ascii = canonicalHost(`${label}.example`);
      if (ascii !== null) expect(canonicalHost(unicodeHost(ascii))).toBe(ascii);
    }),
  );
});
