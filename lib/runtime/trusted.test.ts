import { describe, expect, test } from "vitest";
import { forwardedOf, trustedProxies } from "./trusted";

const trusts = trustedProxies(["10.0.0.0/8", "loopback"]);

function said(headers: Record<string, string>, peer = "10.0.0.1") {
  return forwardedOf((name) => headers[name], peer, trusts);
}

test("proxies are named by address, by network, or as loopback; anything else is an error that names it", () => {
  expect(["10.1.2.3", "127.0.0.1", "::1", "::ffff:10.0.0.9"].map(trusts)).toEqual([true, true, true, true]);
  expect(["11.0.0.1", "::2", "", undefined, "10.0.0.1.evil"].map(trusts)).toEqual([false, false, false, false, false]);
  expect(() => trustedProxies(["the proxy"])).toThrow("the proxy");
  expect(trustedProxies([])("127.0.0.1")).toBe(false);
});

describe("X-Forwarded-*", () => {
  test("say the visitor's address, host and scheme", () => {
    const headers = {
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-host": "acme.example.com",
      "x-forwarded-proto": "https",
    };
    expect(said(headers)).toEqual({ address: "203.0.113.7", host: "acme.example.com", https: true });
  });

  test("are believed from the right, as far as trusted proxies wrote them", () => {
    const headers = { "x-forwarded-for": "1.1.1.1, 203.0.113.7, 10.0.0.2" };
    expect(said(headers).address).toBe("203.0.113.7");
  });

  test("count by their place where each proxy adds its own", () => {
    const headers = { "x-forwarded-for": "1.1.1.1, 203.0.113.7", "x-forwarded-host": "evil.example, real.example" };
    expect(said(headers).host).toBe("real.example");
  });

  test("name nobody when there are more hosts than addresses", () => {
    expect(said({ "x-forwarded-for": "1.1.1.1", "x-forwarded-host": "a.example, b.example" }).host).toBeNull();
    expect(said({ "x-forwarded-host": "a.example, b.example" }).host).toBeNull();
  });

  test("leave the visitor unknown when a proxy does not say an address", () => {
    expect(said({ "x-forwarded-for": "unknown" }).address).toBeNull();
    expect(said({ "x-forwarded-for": "203.0.113.7, 10.0.0.300" }).address).toBeNull();
  });

  test("may carry ports, as some proxies write them", () => {
    expect(said({ "x-forwarded-for": "203.0.113.7:5123" }).address).toBe("203.0.113.7");
    expect(said({ "x-forwarded-for": "[2001:db8::1]:5123" }).address).toBe("2001:db8::1");
  });
});

describe("Forwarded", () => {
  test("says the same in one header, quoted or not", () => {
    const forwarded = 'for="[2001:db8::7]:4711";Host="acme.example.com:8443";proto=https';
    expect(said({ forwarded })).toEqual({ address: "2001:db8::7", host: "acme.example.com:8443", https: true });
  });

  test("counts as far as trusted proxies wrote it", () => {
    const forwarded = "for=1.1.1.1;host=evil.example, for=203.0.113.7;host=real.example, for=10.0.0.2;host=inner";
    expect(said({ forwarded })).toMatchObject({ address: "203.0.113.7", host: "real.example" });
  });

  test.each(["for=1.1.1.1;for=2.2.2.2", "host", 'host="a', "for=1.1.1.1 host=b", "=", ";"])(
    "%s is not read at all",
    (forwarded) => {
      expect(said({ forwarded })).toMatchObject({ address: null, host: null });
    },
  );
});

test("where both kinds stand there and differ, neither is believed: a proxy passes on what it does not know", () => {
  const real = { "x-forwarded-for": "203.0.113.7", "x-forwarded-host": "real.example" };
  expect(said({ ...real, forwarded: "for=10.9.9.9;host=evil.example" })).toMatchObject({ address: null, host: null });
  expect(said({ ...real, forwarded: "for=203.0.113.7" })).toMatchObject({
    address: "203.0.113.7",
    host: "real.example",
  });
});

test("a trusted peer that says nothing is the visitor itself", () => {
  expect(said({}, "127.0.0.1")).toEqual({ address: "127.0.0.1", host: undefined, https: undefined });
});
