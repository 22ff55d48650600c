import { afterAll, beforeAll, expect, test } from "vitest";
import { type DnsTxt, dnsTxt, lookUp } from "./dns";
import { startTestDns, type TestDns, type TestRecord } from "./testing-dns";

let dns: TestDns;
beforeAll(async () => {
  process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/none";
  process.env.TENANTRY_SECRET_KEY = Buffer.alloc(32).toString("base64");
  dns = await startTestDns();
  process.env.DNS_SERVERS = dns.address;
});
afterAll(() => dns.close());

const claim = { hostname: "shop.example.com", token: "0123abcd" };
const name = "_tenantry.shop.example.com";
const value = "tenantry-verification=0123abcd";

/** By the real resolver and over a real socket. */
async function look(record: TestRecord) {
  dns.names.set(name, record);
  return await lookUp(claim, dnsTxt);
}

test.each([
  ["alone", { txt: [[value]] }],
  ["among others", { txt: [["v=spf1 -all"], ["tenantry-verification=other"], [value], ["x"]] }],
  ["in several chunks", { txt: [["tenantry-veri", "", "fication=0123", "abcd"]] }],
  ["in capitals", { txt: [["TENANTRY-VERIFICATION=0123ABCD"]] }],
  ["with quotes and blanks, as panels keep them", { txt: [[` "${value}" `]] }],
  ["under another name that this one stands for", { txt: [[value]], alias: "proofs.example.net" }],
])("the record is found %s", async (_, record) => {
  expect(await look(record)).toEqual({ seen: "there" });
});

test.each([
  ["no such name", { failure: "NXDOMAIN" }, `There is no name ${name} in DNS (NXDOMAIN).`],
  ["a name without TXT", { txt: [] }, `${name} has no TXT record.`],
  ["another value", { txt: [["hello"]] }, `${name} says “hello”, which is not the value for this tenant.`],
  ["only a part of the value", { txt: [[value.slice(0, -1)]] }, `${name} says “${value.slice(0, -1)}”, which`],
  ["the value within another", { txt: [[`x${value}`]] }, `${name} says “x${value}”, which`],
] as const)("the record is gone with %s, which is told in words", async (_, record, words) => {
  const seen = await look(record as TestRecord);
  expect(seen).toMatchObject({ seen: "gone", words: expect.stringContaining(words) });
});

test("what a stranger wrote into DNS is shown shortly, and none of its characters does anything", async () => {
  const hostile = ["\u0000\u001b[31m”, which is fine.", "x".repeat(200)];
  const seen = await look({ txt: [hostile, ["b"], ["c"], ["d"], ["e"]] });
  const words = "words" in seen ? seen.words : "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
  expect(words).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(words).toContain("and 2 more");
  expect(words.length).toBeLessThan(350);
});

test.each([
  ["SERVFAIL", /SERVFAIL/],
  ["REFUSED", /REFUSED/],
  ["silence", /in time/],
  ["nonsense", /made no sense|in time/],
] as const)(
  "%s says nothing about the domain",
  async (failure, words) => {
    const began = performance.now();
    expect(await look({ failure })).toMatchObject({ seen: "unknown", words: expect.stringMatching(words) });
    expect(performance.now() - began).toBeLessThan(8000);
  },
  15_000,
);

test("a server that is not there says nothing about the domain", async () => {
  const away: DnsTxt = async () => {
    throw Object.assign(new Error("queryTxt ECONNREFUSED"), { code: "ECONNREFUSED" });
  };
  expect(await lookUp(claim, away)).toMatchObject({ seen: "unknown", words: expect.stringContaining("reached") });
});

test("an answer is never remembered: a record that was added a moment ago is seen", async () => {
  expect(await look({ failure: "NXDOMAIN" })).toMatchObject({ seen: "gone" });
  expect(await look({ txt: [[value]] })).toEqual({ seen: "there" });
});
