import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { type Fetch, isBreached } from "./breached-passwords";
import { refuseWeakPassword } from "./weak-password";

vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
vi.stubEnv("BREACHED_PASSWORDS", "on");
vi.stubEnv("LOG_LEVEL", "silent");

const ada = { email: "ada.lovelace@example.com", name: "Ada Lovelace" };
const unknownThere: Fetch = async () => new Response("0".repeat(35));
const check = (password: string, fetcher: Fetch = unknownThere) => refuseWeakPassword(password, ada, fetcher);

describe("a new password is refused when it is", () => {
  test.each([
    ["a common one", "unbelievable"],
    ["a common one in capitals", "UNBELIEVABLE"],
    ["a common word with digits around it", "1234password1234"],
    ["a common word with symbols after it", "Dragon!!!!2026!!"],
    ["a common word with its letters exchanged", "p@ssw0rd123456"],
    ["one character", "aaaaaaaaaaaaaaaa"],
    ["a short piece repeated", "abc-abc-abc-abc"],
    ["a word repeated", "passwordpassword"],
    ["the alphabet", "abcdefghijklmnop"],
    ["digits in a row", "123456789012345"],
    ["digits downwards", "987654321098"],
    ["the keyboard", "qwertyuiopasdf"],
    ["the keyboard's columns", "1qaz2wsx3edc4rfv"],
    ["the person's e-mail", "ada.lovelace@example.com"],
    ["the local part with digits", "ada.lovelace1815"],
    ["the name", "Ada Lovelace"],
    ["the name in one word, with digits", "1815adalovelace!"],
    ["the family name with digits", "Lovelace18151852"],
    ["the name backwards, with a year", "lovelaceada2026"],
    ["parts of the address without its signs", "lovelaceexample1234"],
    ["the name and the product's", "Ada@Tenantry.2026"],
    ["the product's name with digits", "tenantry-2026-2026"],
  ])("%s", async (_, password) => {
    await expect(check(password)).rejects.toMatchObject({ code: "invalid", fields: { password: expect.any(String) } });
  });
});

test.each([
  "correct horse battery",
  "a long enough one",
  "ada likes strong tea",
  "kranich sägt leise moos",
  "unbelievable dragon",
  "x7#Pq9!vLm2$",
  "83 74 62 91 03 84",
])("%s may be used", async (password) => {
  await expect(check(password)).resolves.toBeUndefined();
});

const breached = "not listed here but breached";
const digest = createHash("sha1").update(breached).digest("hex").toUpperCase();

test("a password known from a breach is refused, and only five digits of its hash are told", async () => {
  const asked: string[] = [];
  const answer: Fetch = async (url, init) => {
    asked.push(url, new Headers(init.headers).get("add-padding") ?? "");
    return new Response(`${"F".repeat(35)}:9\r\n${digest.slice(5)}:3\r\n`);
  };
  await expect(check(breached, answer)).rejects.toMatchObject({ fields: { password: expect.any(String) } });
  expect(asked).toEqual([`https://api.pwnedpasswords.com/range/${digest.slice(0, 5)}`, "true"]);
});

test("padding is no breach", async () => {
  expect(await isBreached(breached, async () => new Response(`${digest.slice(5)}:0\r\n`))).toBe(false);
});

test.each([
  ["does not answer", () => Promise.reject(new TypeError("fetch failed"))],
  ["is broken", async () => new Response("busy", { status: 503 })],
] as [string, Fetch][])("when the service %s, the password may be used", async (_, fetcher) => {
  await expect(check(breached, fetcher)).resolves.toBeUndefined();
});
