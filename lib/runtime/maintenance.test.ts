import { describe, expect, test } from "vitest";
import { sha256 } from "@/lib/platform/crypto";
import { HostReader } from "./host";
import { inMaintenance, passMaintenance } from "./maintenance";
import type { AppRequest } from "./request";
import type { Maintenance } from "./tenant";
import { aTenant } from "./testing-tenant";
import { trustedProxies } from "./trusted";
import { readVisit } from "./visit";

const token = "an-unguessable-token";
const now = Date.parse("2026-11-22T10:00:00Z");
const works: Maintenance = {
  message: "New shelves until noon.",
  allow: ["203.0.113.0/24", "2001:db8::/32"],
  bypassHash: sha256(token),
  retryAfter: 300,
  until: null,
};
const reading = { hosts: new HostReader("localhost"), trusts: trustedProxies(["10.0.0.0/8"]) };

function pass(said: Partial<AppRequest>, fields: Partial<Maintenance> = {}, prefix = "") {
  const visit = readVisit({ url: "/", headers: {}, address: "198.51.100.1", ...said }, reading);
  if (!visit) throw new Error("no visit");
  return passMaintenance(aTenant({ maintenance: { ...works, ...fields } }), visit, prefix, now);
}
const refused = { refusal: "maintenance", status: 503, message: works.message, retryAfter: 300 };

test("a visitor is told what happens and when to come again", () => {
  expect(() => pass({})).toThrow(expect.objectContaining(refused));
});

test("whoever comes from an allowed network is served", () => {
  expect(pass({ address: "203.0.113.9" })).toEqual({});
  expect(pass({ address: "::ffff:203.0.113.9" })).toEqual({});
  expect(pass({ address: "2001:db8::5" })).toEqual({});
  expect(pass({ address: "10.0.0.1", headers: { "x-forwarded-for": "203.0.113.9" } })).toEqual({});
});

test.each([
  ["a header that anybody can send", { headers: { "x-forwarded-for": "203.0.113.9" } }],
  ["an address that a proxy does not know", { address: "10.0.0.1", headers: { "x-forwarded-for": "unknown" } }],
  ["no address at all", { address: null }],
  ["a wrong token", { headers: { "x-tenantry-bypass": `${token}x` } }],
  ["the token's hash", { headers: { "x-tenantry-bypass": works.bypassHash } }],
  ["an empty token", { url: "/?tenantry_bypass=" }],
  ["a cookie of another name", { headers: { cookie: `xtenantry_bypass=${token}` } }],
])("%s opens nothing", (_name, said) => {
  expect(() => pass(said)).toThrow(expect.objectContaining(refused));
});

test("a broken hash in the registry opens nothing, either", () => {
  expect(() => pass({ headers: { "x-tenantry-bypass": "" } }, { bypassHash: "" })).toThrow();
});

test("whoever brings the token in a header or a cookie is served", () => {
  expect(pass({ headers: { "x-tenantry-bypass": token } })).toEqual({});
  expect(pass({ headers: { cookie: `a=b; tenantry_bypass=${token}; c=d` } })).toEqual({});
  expect(pass({ headers: { cookie: `tenantry_bypass=junk; tenantry_bypass=${token}` } })).toEqual({});
  expect(pass({ headers: { cookie: `tenantry_bypass=junk; __Host-tenantry_bypass=${token}` } })).toEqual({});
});

describe("a link with the token", () => {
  test("becomes a cookie and the same address without it", () => {
    expect(pass({ url: `/orders/a%2Fb?x=1&tenantry_bypass=${token}&y=%C3%A4+b` })).toEqual({
      setCookie: `tenantry_bypass=${token}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax`,
      redirect: "/orders/a%2Fb?x=1&y=%C3%A4+b",
    });
    expect(pass({ url: `/?tenantry_bypass=${token}` }).redirect).toBe("/");
  });

  test("makes a cookie for HTTPS alone where that is spoken, and for the tenant's part of the site", () => {
    expect(pass({ url: `/t/acme/?tenantry_bypass=${token}`, https: true }, {}, "/t/acme")).toEqual({
      setCookie: expect.stringMatching(/Path=\/t\/acme; .*; Secure$/),
      redirect: "/t/acme/",
    });
  });

  test.each(["//evil.example/x", "/\\evil.example", "///evil.example", "/\\/\\evil.example"])(
    "never leads to another site: %s",
    (path) => {
      const { redirect = "" } = pass({ url: `${path}?tenantry_bypass=${token}` });
      expect(new URL(redirect, "http://acme.localhost").host).toBe("acme.localhost");
    },
  );

  test("never leads to where a header could be split", () => {
    expect(pass({ url: `/a\r\nset-cookie: x?tenantry_bypass=${token}` }).redirect).toBe("/");
  });
});

test("it is over at its end, without anybody's doing, and nobody is sent away for longer than that", () => {
  expect(pass({}, { until: "2026-11-22T10:00:00+00:00" })).toEqual({});
  expect(() => pass({}, { until: "2026-11-22T10:00:30.500Z" })).toThrow(expect.objectContaining({ retryAfter: 31 }));
  expect(() => pass({}, { until: "2026-11-22T11:00:00Z" })).toThrow(expect.objectContaining({ retryAfter: 300 }));
  const over = aTenant({ maintenance: { ...works, until: "2026-11-22T09:59:59Z" } });
  expect([inMaintenance(over, now), inMaintenance(aTenant({ maintenance: works }), now)]).toEqual([false, true]);
});
