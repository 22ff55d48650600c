import { beforeAll, describe, expect, test, vi } from "vitest";
import { type Admission, type AdmissionOptions, createAdmitter } from "./admission";
import type { TenantRefusal } from "./refusal";
import type { AppRequest } from "./request";
import { createResolver } from "./resolve";
import { byDomain, byHeader, byPathPrefix, byQuery, bySubdomain } from "./resolvers";
import type { SupportSession } from "./support";
import { aTenant } from "./testing-tenant";

const acme = aTenant();
const birch = aTenant({ id: "0198f3a2-0000-7000-8000-000000000002", slug: "birch" });

beforeAll(() => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none");
  vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
  vi.stubEnv("LOG_LEVEL", "silent");
});

const asked: string[] = [];

/** An admitter over two tenants, one of which has the domain shop.example.com. */
function admitter(options: AdmissionOptions = {}) {
  const clock = () => new Date(0);
  const resolver = createResolver({
    clock,
    recheckMs: 15_000,
    find: async (name) => {
      asked.push(JSON.stringify(name));
      if ("hostname" in name) return name.hostname === "shop.example.com" ? birch : null;
      return [acme, birch].find(({ id, slug }) => ("slug" in name ? slug === name.slug : id === name.id)) ?? null;
    },
  });
  return createAdmitter(
    { baseDomain: "example.com", ...options },
    { resolver, support: { session: async () => null }, clock },
  );
}

type Said = Partial<Record<"host" | "url" | "address", string>> & { headers?: Record<string, string | string[]> };

function request({ host = "acme.example.com", url = "/", address, headers = {} }: Said = {}): AppRequest {
  return { url, headers: { host, ...headers }, ...(address !== undefined && { address }) };
}

/** What an admission says in short, or why there is none. */
async function told(options: AdmissionOptions, said: AppRequest): Promise<string> {
  return await admitter(options)
    .admit(said)
    .then(
      ({ tenant, by, path }: Admission) => `${tenant.slug} by ${by} at ${path}`,
      (error: TenantRefusal) => error.refusal,
    );
}

describe("a request names its tenant", () => {
  test("by subdomain or domain, unless told otherwise", async () => {
    expect(await told({}, request())).toBe("acme by subdomain at /");
    expect(await told({}, request({ host: "SHOP.example.com.:8080", url: "/a?b" }))).toBe("unknown");
    expect(await told({ baseDomain: "localhost" }, request({ host: "SHOP.Example.com.:80", url: "/a?b" }))).toBe(
      "birch by domain at /a",
    );
  });

  const prefix = { resolvers: [byPathPrefix("/t")] };
  test.each([
    ["/t/acme/orders/7?x=1", "acme by path at /orders/7"],
    ["/t/acme", "acme by path at /"],
    ["/t/acme?x", "acme by path at /"],
    ["/t/%61cme/", "acme by path at /"],
    ["/t/ACME/", "unknown"],
    ["/t/acme%2f..%2fbirch/", "unknown"],
    ["/t/ac%me/", "unknown"],
    ["/t//acme", "unknown"],
    ["/T/acme", "unknown"],
    ["/x/t/acme", "unknown"],
    ["//t/acme", "unknown"],
  ])("by path: %s", async (url, result) => {
    expect(await told(prefix, request({ url, host: "127.0.0.1:3000" }))).toBe(result);
  });

  test("and the admission says what stood before and after the path", async () => {
    const admission = await admitter({ resolvers: [byPathPrefix("t")] }).admit(request({ url: "/t/acme/a?b=c" }));
    expect(admission).toMatchObject({ prefix: "/t/acme", path: "/a", search: "?b=c", support: null });
  });

  test("by header, spelled exactly so and once", async () => {
    const options = { resolvers: [byHeader("X-Tenant")] };
    expect(await told(options, request({ headers: { "x-tenant": "birch" } }))).toBe("birch by header at /");
    for (const value of ["Birch", " birch", "birch, acme", "birch\0", ""])
      expect(await told(options, request({ headers: { "x-tenant": value } }))).toBe("unknown");
    expect(await told(options, request({ headers: { "x-tenant": ["birch", "birch"] } }))).toBe("unknown");
  });

  test("by query, once", async () => {
    const options = { resolvers: [byQuery("tenant")] };
    expect(await told(options, request({ url: "/?a=1&tenant=b%69rch" }))).toBe("birch by query at /");
    expect(await told(options, request({ url: "/?tenant=birch&tenant=acme" }))).toBe("unknown");
    expect(await told(options, request({ url: "/?tenant=%00" }))).toBe("unknown");
  });

  test("by id, which is a uuid or nothing", async () => {
    const options = { resolvers: [byHeader("x-tenant-id", { as: "id" })] };
    expect(await told(options, request({ headers: { "x-tenant-id": birch.id } }))).toBe("birch by header at /");
    asked.length = 0;
    expect(await told(options, request({ headers: { "x-tenant-id": "1 OR 1=1" } }))).toBe("unknown");
    expect(asked).toEqual([]);
  });

  test("by a way of the app's own, at once or later, and what that names is checked", async () => {
    const later = async () => ({ id: acme.id });
    expect(await told({ resolvers: [() => null, later] }, request({ host: "x" }))).toBe("acme by later at /");
    expect(await told({ resolvers: [({ path }) => ({ slug: path.slice(1) })] }, request({ url: "/acme" }))).toBe(
      "acme by own at /acme",
    );
    for (const name of [{ slug: "../acme" }, { id: "acme" }, { hostname: "no host" }])
      expect(await told({ resolvers: [() => name] }, request())).toBe("unknown");
  });

  test("in the order of the list: the first that names one decides, also when nobody lives there", async () => {
    const options = { resolvers: [bySubdomain(), byHeader("x-tenant")] };
    const headers = { "x-tenant": "birch" };
    expect(await told(options, request({ headers }))).toBe("acme by subdomain at /");
    expect(await told(options, request({ host: "nobody.example.com", headers }))).toBe("unknown");
    expect(await told(options, request({ host: "example.com", headers }))).toBe("birch by header at /");
    expect(await told(options, request({ host: "www.example.com", headers }))).toBe("birch by header at /");
  });

  test("and hosts of the platform's own name nobody", async () => {
    const ways = [bySubdomain({ except: ["landing"] }), byDomain({ except: ["app.example.net"] }), byPathPrefix()];
    for (const host of ["landing.example.com", "App.example.net"])
      expect(await told({ resolvers: ways }, request({ host, url: "/t/acme" }))).toBe("acme by path at /");
  });

  test("however they are written; what can't be one is refused, and named", async () => {
    const ways = [bySubdomain({ except: ["Läden"] }), byDomain({ except: ["Bücher.example.net."] }), byPathPrefix()];
    for (const host of [
      "läden.example.com",
      "xn--lden-loa.example.com",
      "bücher.example.net",
      "xn--bcher-kva.example.net",
    ])
      expect(await told({ resolvers: ways }, request({ host, url: "/t/acme" }))).toBe("acme by path at /");
    expect(() => byDomain({ except: ["app.example.net:8080"] })).toThrow('byDomain except: "app.example.net:8080"');
    expect(() => bySubdomain({ except: ["www.shop"] })).toThrow('bySubdomain except: "www.shop" is no single label');
    expect(() => admitter({ baseDomain: "example.com:80" })).toThrow("baseDomain");
  });
});

describe("a request that two programs could read differently is nobody's", () => {
  test.each([
    ["a whole URL as target", request({ url: "http://birch.example.com/" })],
    ["the target *", request({ url: "*" })],
    ["no target", request({ url: "" })],
    ["a target beyond measure", request({ url: `/${"x".repeat(20_000)}` })],
    ["several hosts in one header", request({ host: "acme.example.com, birch.example.com" })],
    ["two authorities", request({ headers: { ":authority": "birch.example.com" } })],
    [
      "two Host headers",
      { ...request(), rawHeaders: ["Host", "acme.example.com", "X", "host", "HOST", "birch.example.com"] },
    ],
    ["a user before the host", request({ host: "birch.example.com@acme.example.com" })],
    ["a host beyond measure", request({ host: `${"a".repeat(2000)}.example.com` })],
    ["an address", request({ host: "127.0.0.1" })],
    ["an address in hexadecimal", request({ host: "0x7f000001" })],
    ["no host", { url: "/", headers: {} }],
  ])("%s", async (_name, odd) => {
    asked.length = 0;
    expect(await told({}, odd)).toBe("unknown");
    expect(asked).toEqual([]);
  });

  test("but one Host header among many others is fine", async () => {
    const rawHeaders = ["Accept", "Host", "Host", "acme.example.com", "X-Host", "host"];
    expect(await told({}, { ...request(), rawHeaders })).toBe("acme by subdomain at /");
  });
});

describe("what a proxy says of the host", () => {
  const headers = { "x-forwarded-host": "birch.example.com" };
  const trusting = { trustedProxies: ["10.0.0.0/8"] };

  test("counts only when the proxy is trusted", async () => {
    expect(await told({}, request({ headers, address: "10.0.0.1" }))).toBe("acme by subdomain at /");
    expect(await told(trusting, request({ headers, address: "11.0.0.1" }))).toBe("acme by subdomain at /");
    expect(await told(trusting, request({ headers }))).toBe("acme by subdomain at /");
    expect(await told(trusting, request({ headers, address: "10.0.0.1" }))).toBe("birch by subdomain at /");
  });

  test("and when it says one thing", async () => {
    const two = { "x-forwarded-host": "acme.example.com, birch.example.com" };
    expect(await told(trusting, request({ headers: two, address: "10.0.0.1" }))).toBe("unknown");
  });
});

describe("a Fetch Request is read as well", () => {
  test("by its Host header, or else by its URL", async () => {
    expect(await told({}, new Request("http://birch.example.com/a?b"))).toBe("birch by subdomain at /a");
    const behind = { url: "http://internal:3000/a", headers: new Headers({ host: "acme.example.com" }) };
    expect(await told({}, behind)).toBe("acme by subdomain at /a");
  });
});

describe("where nobody lives", () => {
  const host = "nobody.example.com";
  const answer = async (options: AdmissionOptions) =>
    await admitter(options)
      .admit(request({ host, url: "/x" }))
      .catch(({ status, message, location }: TenantRefusal) => ({ status, message, location }));

  test("the answer is a 404, or what the app wants", async () => {
    expect(await answer({})).toMatchObject({ status: 404, message: expect.stringContaining("Nobody lives") });
    expect(await answer({ unknown: { status: 410, message: "Gone." } })).toMatchObject({
      status: 410,
      message: "Gone.",
    });
    expect(await answer({ unknown: { redirect: "https://example.com/" } })).toMatchObject({
      status: 302,
      location: "https://example.com/",
    });
    const own: AdmissionOptions["unknown"] = async (visit) => ({ redirect: `https://example.com/?from=${visit.host}` });
    expect(await answer({ unknown: own })).toMatchObject({ location: `https://example.com/?from=${host}` });
    expect(await answer({ unknown: () => null })).toMatchObject({ status: 404 });
  });
});

describe("while an app is in maintenance", () => {
  const works = { message: "Back soon", allow: [], bypassHash: "x", retryAfter: 60, until: null };
  const closed = aTenant({ maintenance: works });
  const session: SupportSession = {
    ...{ id: "s", tenantId: closed.id, reason: "Ticket 7", endsAt: new Date(1) },
    user: { id: "u", name: "Ada", email: "ada@example.com" },
  };
  const clock = () => new Date(0);
  const resolver = createResolver({ clock, recheckMs: 15_000, find: async () => closed });
  const support = { session: async (cookie: string | undefined) => (cookie === "good" ? session : null) };
  const { admit } = createAdmitter(
    { baseDomain: "example.com", resolvers: [byPathPrefix("/t")] },
    {
      ...{ resolver, support, clock },
    },
  );

  test("who is in as support goes on, and the app is told of both", async () => {
    const headers = { cookie: "tenantry_support=good" };
    expect(await admit(request({ url: "/t/acme/x", headers }))).toMatchObject({ support: session, maintenance: true });
    const tossed = { cookie: "tenantry_support=junk; tenantry_support=good" };
    expect(await admit(request({ url: "/t/acme/x", headers: tossed }))).toMatchObject({ support: session });
    const over = { cookie: "tenantry_support=over" };
    await expect(admit(request({ url: "/t/acme/x", headers: over }))).rejects.toMatchObject({ refusal: "maintenance" });
  });

  test("who has a link can come in, and out again, by these paths alone", async () => {
    for (const path of ["/.tenantry/support", "/.tenantry/support/leave"])
      expect(await admit(request({ url: `/t/acme${path}?token=x` }))).toMatchObject({ path, maintenance: true });
    for (const path of ["/.tenantry", "/.tenantry/support/", "/.tenantry/support/x", "/x/.tenantry/support"])
      await expect(admit(request({ url: `/t/acme${path}` }))).rejects.toMatchObject({ refusal: "maintenance" });
  });
});
