import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decrypt, encrypt, readEnvelope } from "./envelope";

const key = { id: "0123456789abcdef", bytes: randomBytes(32) };
const sealed = (plain: string, context: string) => encrypt("v2", key, Buffer.from(plain), context);
const open = (envelope: string, context: string, bytes = key.bytes) =>
  decrypt(readEnvelope(envelope), bytes, context).toString();

test("whatever is sealed opens again with its context, and names its key", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (plain, context) => {
      const envelope = sealed(plain, context);
      expect(readEnvelope(envelope)).toMatchObject({ kind: "v2", keyId: key.id });
      expect(open(envelope, context)).toBe(plain);
    }),
  );
});

test("the same secret is never sealed into the same envelope", () => {
  const envelopes = Array.from({ length: 1000 }, () => sealed("secret", "tenant:1"));
  expect(new Set(envelopes).size).toBe(1000);
});

test("an envelope does not open in another context or with another key", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      fc.pre(one !== other);
      expect(() => open(sealed("secret", one), other)).toThrow(/altered, or belongs to something else/);
      expect(() => open(sealed("secret", one), one, randomBytes(32))).toThrow();
    }),
  );
});

test("any altered, removed or added character keeps an envelope shut", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(..."ABCabc019-_.=+ é"), fc.constantFrom(0, 1), (at, character, removed) => {
      const envelope = sealed("a secret", "tenant:1");
      const from = envelope.indexOf(".", 3) + 1;
      const index = from + (at % (envelope.length - from));
      const altered = envelope.slice(0, index) + (removed ? "" : character) + envelope.slice(index + 1);
      fc.pre(altered !== envelope);
      expect(() => open(altered, "tenant:1")).toThrow();
    }),
    { numRuns: 2000 },
  );
});

test("a tag that was cut is refused, since a short one can be guessed", () => {
  const [kind, id, nonce, tag = "", body] = sealed("a secret", "tenant:1").split(".");
  const short = Buffer.from(tag, "base64url").subarray(0, 4).toString("base64url");
  expect(() => open([kind, id, nonce, short, body].join("."), "tenant:1")).toThrow(/cut or altered/);
});

test.each(["", "v2", "v3.a.b.c.d", "plain text", "v2..a.b.c", "v2.a.b.c", "v2.a.b.c.d.e"])(
  "%j is not taken for an envelope",
  (text) => {
    expect(() => readEnvelope(text)).toThrow();
  },
);
