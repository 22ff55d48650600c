import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { HostReader } from "./host";
import { registryPool } from "./registry";
import { createSupport, type Support } from "./support";
import { answerSupport, fromOwnPage } from "./support-door";
import { readVisit } from "./visit";

const began = new Date("2026-11-21T12:00:00.000Z");
const minuteMs = 60_000;
const visitor = { address: "192.0.2.7", agent: "a browser" };
const userId = newId(began);

let control: TestControl;
let registry: pg.Pool;
let acme: TestTenant;
let other: TestTenant;
let now = began;
let support: Support;
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

beforeAll(async () => {
  control = await testControl();
  registry = registryPool();
  [acme, other] = [await control.makeTenant("acme"), await control.makeTenant("other")];
  await controlDb().user.create({
    data: { id: userId, email: "ada@example.com", name: "Ada", role: "operator", passwordHash: "none" },
  });
});
afterAll(async () => {
  await registry.end();
  await control.close();
});
beforeEach(async () => {
  now = began;
  await control.sql("UPDATE users SET deactivated_at = NULL");
  await control.sql("TRUNCATE tenant_activities");
  support = createSupport({ registry, clock: () => now });
});

/** A link as the console makes it: for a minute, and then half an hour in the app. */
async function link(tenantId = acme.id): Promise<{ id: string; token: string }> {
  const token = randomToken();
  const id = newId(now);
  await controlDb().supportAccess.create({
    data: {
      ...{ id, tenantId, userId, userEmail: "ada@example.com", userName: "Ada", reason: "Ticket 7" },
      ...{ tokenHash: sha256(token), createdAt: now, expiresAt: new Date(now.getTime() + minuteMs) },
      sessionEnds: new Date(now.getTime() + 30 * minuteMs),
    },
  });
  return { id, token };
}

const redeem = (token: string, tenantId = acme.id) => support.redeem({ token, tenantId, ...visitor });
const reasonOf = (token: string, tenantId?: string) =>
  redeem(token, tenantId).then(
    () => "in",
    (error) => error.reason,
  );
const row = (id: string) => controlDb().supportAccess.findUniqueOrThrow({ where: { id } });
const told = () => controlDb().tenantActivity.findMany({ orderBy: { id: "asc" } });

describe("a link", () => {
  test("opens its tenant's app, tells the timeline from where, and counts the session's time from then", async () => {
    const { id, token } = await link();
    later(50_000);
    const { cookie, session } = await redeem(token);
    const endsAt = new Date(now.getTime() + 30 * minuteMs);
    const user = { id: userId, name: "Ada", email: "ada@example.com" };
    expect(session).toEqual({ id, tenantId: acme.id, user, reason: "Ticket 7", endsAt });
    expect(await support.session(cookie, acme.id)).toEqual(session);
    expect(await row(id)).toMatchObject({ redeemedAt: now, redeemedIp: "192.0.2.7", sessionHash: sha256(cookie) });
    expect(await told()).toMatchObject([
      {
        ...{ tenantId: acme.id, activityType: "support_entered", actor: "ada@example.com", createdAt: now },
        ...{ description: "Ada entered the app as support: Ticket 7", ipAddress: "192.0.2.7", userAgent: "a browser" },
        metadata: { access: id },
      },
    ]);
  });

  test("opens once: of twenty who use it at the same moment, one is in", async () => {
    const { token } = await link();
    const pool = new pg.Pool({ connectionString: control.url, max: 20 });
    const racing = createSupport({ registry: pool, clock: () => now });
    const asked = Array.from({ length: 20 }, () =>
      racing.redeem({ token, tenantId: acme.id, ...visitor }).then(
        () => "in",
        (error) => error.reason,
      ),
    );
    const found = await Promise.all(asked);
    await pool.end();
    expect(found.filter((one) => one === "in")).toHaveLength(1);
    expect(found.filter((one) => one === "support_used")).toHaveLength(19);
    expect(await told()).toHaveLength(1);
  });

  test("is over after its minute, and once somebody took it back", async () => {
    const [late, withdrawn] = [await link(), await link()];
    await control.sql("UPDATE support_access SET ended_at = $2 WHERE id = $1", [withdrawn.id, now]);
    expect(await reasonOf(withdrawn.token)).toBe("support_expired");
    later(minuteMs);
    expect(await reasonOf(late.token)).toBe("support_expired");
  });

  test("of another tenant is as unknown as one that nobody made, and stays good where it belongs", async () => {
    const { token } = await link();
    const refusals = await Promise.all(
      [token, randomToken(), "", "x".repeat(5000), `${token}'`].map((one) =>
        redeem(one, other.id).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(refusals)).toEqual(new Set(["This link opens nothing here. Make a new one in the console."]));
    expect(await reasonOf(token)).toBe("in");
  });

  test("of somebody who was deactivated meanwhile opens nothing", async () => {
    const { token } = await link();
    await control.sql("UPDATE users SET deactivated_at = now()");
    expect(await reasonOf(token)).toBe("support_expired");
  });

  test("is used also by a visitor whose address is not known or no address at all", async () => {
    for (const address of [null, "unknown", "::ffff:192.0.2.9"]) {
      const { id, token } = await link();
      await support.redeem({ token, tenantId: acme.id, address, agent: null });
      expect((await row(id)).redeemedIp).toBe(address?.startsWith("::") ? "192.0.2.9" : null);
    }
  });
});

describe("a session", () => {
  async function enter(): Promise<{ id: string; cookie: string }> {
    const { id, token } = await link();
    return { id, cookie: (await redeem(token)).cookie };
  }

  test("is its own tenant's, and nobody's with another cookie", async () => {
    const { cookie } = await enter();
    expect(await support.session(cookie, other.id)).toBeNull();
    for (const wrong of [undefined, "", "x", randomToken(), `${cookie}x`])
      expect(await support.session(wrong, acme.id)).toBeNull();
  });

  test("ends by itself, to the second, whatever is remembered", async () => {
    const { cookie } = await enter();
    later(30 * minuteMs - 1);
    expect(await support.session(cookie, acme.id)).not.toBeNull();
    later(1);
    expect(await support.session(cookie, acme.id)).toBeNull();
  });

  test("that was ended elsewhere is over at once when that is told, and within a second when it is not", async () => {
    for (const tell of [true, false]) {
      const { id, cookie } = await enter();
      expect(await support.session(cookie, acme.id)).not.toBeNull();
      await control.sql("UPDATE support_access SET ended_at = now() WHERE id = $1", [id]);
      if (tell) support.changed(acme.id);
      else later(1000);
      expect(await support.session(cookie, acme.id)).toBeNull();
    }
  });

  test("of somebody who is deactivated is over within a second, though no tenant was announced", async () => {
    const { cookie } = await enter();
    expect(await support.session(cookie, acme.id)).not.toBeNull();
    await control.sql("UPDATE users SET deactivated_at = now()");
    later(1000);
    expect(await support.session(cookie, acme.id)).toBeNull();
  });

  test("is left from the app, once, and the timeline says so", async () => {
    const { id, cookie } = await enter();
    await support.end(cookie, other.id, visitor);
    expect(await support.session(cookie, acme.id)).not.toBeNull();
    later(5000);
    await support.end(cookie, acme.id, visitor);
    await support.end(cookie, acme.id, visitor);
    expect(await support.session(cookie, acme.id)).toBeNull();
    expect(await row(id)).toMatchObject({ endedAt: now, endedBy: "ada@example.com (in the app)" });
    expect((await told()).map(({ activityType }) => activityType)).toEqual(["support_entered", "support_ended"]);
  });

  test("is remembered for a second, so that requests do not ask the registry each", async () => {
    let asked = 0;
    const counting = createSupport({
      registry: {
        query: ((...given: [string, unknown[]]) => {
          asked++;
          return registry.query(...given);
        }) as pg.Pool["query"],
      },
      clock: () => now,
    });
    const { cookie } = await enter();
    for (let n = 0; n < 100; n++) await counting.session(cookie, acme.id);
    expect(asked).toBe(1);
  });

  test("that can't be looked up lets nobody in, and does not keep the app from answering", async () => {
    const { cookie } = await enter();
    const down = new pg.Pool({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
    const away = createSupport({ registry: down, clock: () => now });
    expect(await away.session(cookie, acme.id)).toBeNull();
    const { token } = await link();
    const refused = away.redeem({ token, tenantId: acme.id, ...visitor });
    await expect(refused).rejects.toMatchObject({ code: "unavailable", retryAfter: 2 });
    await down.end();
  });
});

describe("the door", () => {
  const ask = (
    method: string,
    path: string,
    more: { token?: string; cookie?: string; secure?: boolean; own?: boolean } = {},
  ) =>
    answerSupport(support, {
      ...{ method, path, tenantId: acme.id, secure: more.secure ?? false, home: "/", own: more.own ?? true },
      cookies: more.cookie === undefined ? [] : ["junk", more.cookie],
      ...visitor,
      query: new URLSearchParams(more.token === undefined ? "" : { token: more.token }),
    });

  test("sends who brings a token on to the first page, with a cookie and no trace of the token", async () => {
    const { token } = await link();
    const answer = await ask("GET", "/.tenantry/support", { token, secure: true });
    expect(answer).toMatchObject({
      status: 303,
      headers: { location: "/", "referrer-policy": "no-referrer", "cache-control": "no-store" },
    });
    const cookie = answer?.headers["set-cookie"] ?? "";
    expect(cookie).toMatch(/^__Host-tenantry_support=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    const value = /=([\w-]+)/.exec(cookie)?.[1];
    expect(await support.session(value, acme.id)).toMatchObject({ reason: "Ticket 7" });
  });

  test("does not use a link up for a look at its headers", async () => {
    const { token } = await link();
    expect(await ask("HEAD", "/.tenantry/support", { token })).toMatchObject({
      status: 405,
      headers: { allow: "GET" },
    });
    expect(await reasonOf(token)).toBe("in");
  });

  test("lets people leave by POST alone, and forgets their cookie", async () => {
    const { token } = await link();
    const { cookie } = await redeem(token);
    expect(await ask("GET", "/.tenantry/support/leave", { cookie })).toMatchObject({ status: 405 });
    expect(await support.session(cookie, acme.id)).not.toBeNull();
    const answer = await ask("POST", "/.tenantry/support/leave", { cookie });
    expect(answer).toMatchObject({ status: 303, headers: { location: "/" } });
    expect(answer?.headers["set-cookie"]).toContain("tenantry_support=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    expect(await support.session(cookie, acme.id)).toBeNull();
  });

  test("lets nobody else's page leave for somebody", async () => {
    const { token } = await link();
    const { cookie } = await redeem(token);
    const foreign = ask("POST", "/.tenantry/support/leave", { cookie, own: false });
    await expect(foreign).rejects.toMatchObject({ code: "forbidden" });
    expect(await support.session(cookie, acme.id)).not.toBeNull();
  });

  test.each<[boolean, Record<string, string>, boolean?]>([
    [true, { "sec-fetch-site": "same-origin" }],
    [true, { "sec-fetch-site": "none" }],
    [false, { "sec-fetch-site": "same-site" }],
    [false, { "sec-fetch-site": "same-site", origin: "https://acme.localhost" }],
    [false, { "sec-fetch-site": "cross-site" }],
    [false, { "sec-fetch-site": "" }],
    [true, { origin: "https://acme.localhost" }],
    [true, { origin: "http://acme.localhost" }, false],
    [false, { origin: "http://acme.localhost" }],
    [false, { origin: "https://evil.localhost" }],
    [false, { origin: "https://acme.localhost:8443" }],
    [false, { origin: "null" }],
    [false, {}],
  ])("knows %s of a page's request that says %j", (own, headers, https = true) => {
    const reading = { hosts: new HostReader("localhost"), trusts: () => false };
    const visit = readVisit({ url: "/", headers: { host: "acme.localhost", ...headers }, https }, reading);
    expect(visit && fromOwnPage(visit)).toBe(own);
  });

  test("answers for its own paths only", async () => {
    for (const path of ["/", "/.tenantry", "/.tenantry/support/", "/.tenantry/supports", "//.tenantry/support"])
      expect(await ask("GET", path)).toBeNull();
    await expect(ask("GET", "/.tenantry/support")).rejects.toMatchObject({ code: "forbidden" });
  });
});
