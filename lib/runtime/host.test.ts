import fc from "fast-check";
import { expect, test } from "vitest";
import { HostReader, readHost } from "./host";

const acme = { slug: "acme" };

test.each([
  "acme.localhost",
  "acme.localhost:3001",
  "ACME.LocalHost",
  "acme.localhost.",
  "acme.localhost.:80",
  "ａｃｍｅ.localhost",
  "acme。localhost",
])("%s is the slug acme, as a browser would read it", (header) => {
  expect(readHost(header, "localhost")).toEqual(acme);
});

test.each([
  undefined,
  "",
  "localhost",
  "localhost:3001",
  ".localhost",
  "a.acme.localhost",
  "acme.localhost..",
  "acme.localhost:99999999",
  "acme.localhost:80:80",
  "acme.localhost/x",
  "other@acme.localhost",
  "acme%2elocalhost",
  "acme.localhost\n",
  "127.0.0.1",
  "[::1]:3001",
  "0x7f.1",
])("%j is nobody's host", (header) => {
  expect(readHost(header, "localhost")).toBeNull();
});

test("a name that only looks like the base domain is an ordinary domain", () => {
  expect(readHost("acme.localhost.evil.example", "localhost")).toEqual({ hostname: "acme.localhost.evil.example" });
  expect(readHost("acme.notexample.com", "example.com")).toEqual({ hostname: "acme.notexample.com" });
  expect(readHost("example.com", "example.com")).toBeNull();
});

test("letters of another alphabet give another host, in punycode", () => {
  // The first letter is the Cyrillic а.
  expect(readHost("аcme.localhost", "localhost")).toEqual({ slug: "xn--cme-5cd" });
  expect(readHost("BÜCHER.example", "localhost")).toEqual({ hostname: "xn--bcher-kva.example" });
});

const character = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));

test("whatever a client sends is read without an error, and never as a slug with a dot", () => {
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 80 }), (header) => {
      const query = readHost(`${header}.localhost`, "localhost");
      expect(query === null || ("slug" in query && /^[a-z0-9-]+$/.test(query.slug))).toBe(true);
    }),
  );
});

test.each([
  ["bücher.example", "acme.bücher.example"],
  ["Bücher.Example", "acme.xn--bcher-kva.example"],
  ["localhost.", "acme.localhost"],
  ["localhost", "acme.localhost:3001"],
])("the base domain %s may be written in any way: %s is a slug", (baseDomain, header) => {
  expect(new HostReader(baseDomain).read(header)).toEqual(acme);
});

test.each([
  ".platform.example",
  "platform.example:8080",
  "https://platform.example",
  "platform..example",
  "10.0.0.1",
  "",
])("the base domain %j is refused", (baseDomain) => {
  expect(() => new HostReader(baseDomain)).toThrow(`baseDomain: ${JSON.stringify(baseDomain)} is no domain`);
});
