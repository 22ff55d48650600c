import { setTimeout as delay } from "node:timers/promises";
import { EventSource } from "eventsource";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Actor, UserActor } from "@/lib/gate/context";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { everything, type Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { stopLive, subscribe } from "./live";
import { Mailbox, Recent } from "./live-buffers";
import { interestOf, type LiveEvent, project } from "./live-event";
import { ServerMeasurement } from "./measure-server";
import { openStream } from "./sse";

let control: TestControl;
let pool: pg.Pool;
let measurement: ServerMeasurement;
let shop: TestTenant;
let forum: TestTenant;

beforeAll(async () => {
  control = await testControl();
  pool = new pg.Pool({ connectionString: control.url, max: 2 });
  shop = await control.makeTenant("shop");
  forum = await control.makeTenant("forum");
  measurement = await ServerMeasurement.open(control.serverId, control.access, pool, systemClock);
});

afterAll(async () => {
  stopLive();
  await measurement?.close();
  await pool?.end();
  await control?.close();
});

const measure = async () => await measurement.write(await measurement.measure());

async function open(topics: string[], lastEventId: string | null = null, scope: Scope = everything) {
  const end = new AbortController();
  const events = subscribe({ topics, scope, lastEventId, signal: end.signal, clock: systemClock });
  const next = async (): Promise<LiveEvent> => {
    const { value, done } = await events.next();
    if (done) throw new Error("The stream has ended.");
    return value;
  };
  expect((await next()).data.type).toBe("hello");
  return { next, close: () => end.abort() };
}

describe("a subscription", () => {
  test("gets each tick with what changed, and a tenant's page only its own", async () => {
    const fleet = await open(["fleet"]);
    const page = await open([`tenant:${shop.id}`]);
    const id = await measure();
    const [all, own] = [await fleet.next(), await page.next()];
    expect(all.id).toBe(id);
    expect(all.data).toMatchObject({ type: "tick", tick: { id, serverId: control.serverId } });
    const ids = (event: LiveEvent) => (event.data.type === "tick" ? event.data.changes.map((change) => change.id) : []);
    expect(ids(all).sort()).toEqual([shop.id, forum.id].sort());
    expect(ids(own)).toEqual([shop.id]);
    fleet.close();
    page.close();
  });

  test("resumes after the last event it had, or is told to read everything again", async () => {
    const first = await open(["fleet"]);
    const [one, two, three] = [await measure(), await measure(), await measure()];
    for (const id of [one, two, three]) expect((await first.next()).id).toBe(id);
    first.close();
    const resumed = await open(["fleet"], one);
    expect([(await resumed.next()).id, (await resumed.next()).id]).toEqual([two, three]);
    resumed.close();
    const lost = await open(["fleet"], "999999999");
    expect((await lost.next()).data).toEqual({ type: "reset" });
    lost.close();
  });

  test("hears of a tenant and of activities by their topics", async () => {
    const tenants = await open(["tenants", "activities"]);
    await control.sql("SELECT pg_notify('tenantry_tenant', $1)", [forum.id]);
    await control.sql("SELECT pg_notify('tenantry_activity', $1)", [shop.id]);
    expect((await tenants.next()).data).toEqual({ type: "tenant", tenantId: forum.id });
    expect((await tenants.next()).data).toEqual({ type: "activity", tenantId: shop.id });
    tenants.close();
  });
});

describe("a bulk run", () => {
  const makeRun = async (scope: Scope): Promise<string> => {
    const id = newId(new Date());
    const empty = { input: {}, options: {}, selection: {}, radius: [] };
    await controlDb().bulkRun.create({
      data: { id, action: "suspend", digest: "", plannedBy: "test", scope, ...empty },
    });
    return id;
  };
  const tell = async (id: string) => await control.sql("SELECT pg_notify('tenantry_bulk', $1)", [id]);

  test("is told of to those who asked for runs, and to scoped readers only within their reach", async () => {
    const scope: Scope = { kind: "tag", values: ["mine"] };
    const [own, all] = [await makeRun(scope), await makeRun(everything)];
    const [narrow, wide, other] = [await open(["bulk"], null, scope), await open(["bulk"]), await open(["tenants"])];
    for (const id of [all, own, newId(new Date())]) await tell(id);
    expect((await wide.next()).data).toEqual({ type: "bulk", runId: all });
    expect((await wide.next()).data).toEqual({ type: "bulk", runId: own });
    expect((await narrow.next()).data).toEqual({ type: "bulk", runId: own });
    await control.sql("SELECT pg_notify('tenantry_tenant', $1)", [forum.id]);
    expect((await other.next()).data).toEqual({ type: "tenant", tenantId: forum.id });
    for (const { close } of [narrow, wide, other]) close();
  });
});

describe("a stream over HTTP", () => {
  const system: Actor = { kind: "system", name: "test" };

  async function stream(actor = system, topics = ["fleet"], ipAddress = "192.0.2.1") {
    const end = new AbortController();
    const options = { topics, lastEventId: null, actor, ipAddress, signal: end.signal, clock: systemClock };
    return { response: await openStream(options), end };
  }

  test("is what an EventSource reads, and is not to be cached or compressed", async () => {
    const { response, end } = await stream();
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    const source = new EventSource("http://tenantry.test/", { fetch: async () => response });
    const messages: MessageEvent[] = [];
    source.onmessage = (message) => messages.push(message);
    await vi.waitFor(() => expect(messages).toHaveLength(1), 5000);
    const id = await measure();
    await vi.waitFor(() => expect(messages.at(-1)?.lastEventId).toBe(id), 5000);
    source.close();
    end.abort();
  });

  async function signedIn(): Promise<UserActor> {
    const [userId, sessionId] = [newId(new Date()), newId(new Date())];
    const email = `${userId}@example.com`;
    await controlDb().user.create({ data: { id: userId, email, name: "A", role: "viewer", passwordHash: "" } });
    await controlDb().session.create({
      data: { id: sessionId, userId, tokenHash: sessionId, expiresAt: new Date(Date.now() + 60_000) },
    });
    const rights = { permissions: [], scope: everything };
    return { kind: "user", id: userId, name: "A", email, role: "viewer", sessionId, secondFactor: true, ...rights };
  }

  /** Milliseconds from `cut` being done to the stream's end. */
  async function untilEnd(actor: Actor, cut: () => Promise<unknown>): Promise<number> {
    const { response } = await stream(actor);
    const ended = response.text().then(() => performance.now());
    await delay(200);
    await cut();
    const from = performance.now();
    return (await ended) - from;
  }

  test("ends within two seconds of its session being revoked", async () => {
    const actor = await signedIn();
    const took = await untilEnd(actor, async () => {
      await controlDb().session.delete({ where: { id: actor.sessionId } });
      await control.sql("SELECT pg_notify('tenantry_session', $1)", [actor.sessionId]);
    });
    expect(took).toBeLessThan(1000);
  });

  test("ends soon also when nobody tells that the session is over, its user is deactivated or its key revoked", async () => {
    const one = await signedIn();
    const other = await signedIn();
    const id = newId(new Date());
    await controlDb().apiKey.create({
      data: { id, prefix: id, secretHash: "", name: "k", permissions: [], createdBy: "test" },
    });
    const rights = { permissions: [], scope: everything };
    const key: Actor = { kind: "key", id, name: "k", prefix: id, rateLimit: null, ...rights };
    const took = await Promise.all([
      untilEnd(one, () => controlDb().session.delete({ where: { id: one.sessionId } })),
      untilEnd(other, () => controlDb().user.update({ where: { id: other.id }, data: { deactivatedAt: new Date() } })),
      untilEnd(key, () => controlDb().apiKey.update({ where: { id }, data: { revokedAt: new Date() } })),
    ]);
    expect(Math.max(...took)).toBeLessThan(3500);
  });

  test("shows a scoped reader its own tenants only, and no sum over the others", async () => {
    await controlDb().tenant.update({ where: { id: shop.id }, data: { tags: ["mine"] } });
    const scope: Scope = { kind: "tag", values: ["mine"] };
    const mine = await open(["fleet", "tenants"], null, scope);
    const all = await open(["fleet", "tenants"]);
    await measure();
    const [narrow, wide] = [await mine.next(), await all.next()];
    const cpu = ({ data }: LiveEvent) => (data.type === "tick" ? data.tick.connections : undefined);
    expect(cpu(wide)).toBeTypeOf("number");
    expect(cpu(narrow)).toBeNull();
    expect(JSON.stringify(narrow)).not.toContain(forum.id);
    await control.sql("SELECT pg_notify('tenantry_tenant', $1)", [forum.id]);
    await control.sql("SELECT pg_notify('tenantry_tenant', $1)", [shop.id]);
    expect((await mine.next()).data).toEqual({ type: "tenant", tenantId: shop.id });
    mine.close();
    all.close();
    const actor = { ...(await signedIn()), scope };
    await expect(stream(actor, [`tenant:${forum.id}`])).rejects.toMatchObject({ code: "not_found" });
    (await stream(actor, [`tenant:${shop.id}`])).end.abort();
  });

  test("of a tenant that does not exist is refused before it begins", async () => {
    await expect(stream(system, [`tenant:${newId(new Date())}`])).rejects.toMatchObject({ code: "not_found" });
  });

  test("can be left at any moment", async () => {
    const { response, end } = await stream();
    await response.body?.cancel();
    end.abort();
    const other = await stream();
    other.end.abort();
    expect(await other.response.text()).toContain("hello");
  });
});

const tick = (id: number, changes: [string, number][], serverId = "s"): LiveEvent => ({
  id: String(id),
  data: {
    type: "tick",
    tick: { id: String(id), serverId } as Extract<LiveEvent["data"], { type: "tick" }>["tick"],
    changes: changes.map(([tenant, value]) => ({ id: tenant, usage: { cpu: { value, source: "proc" } } })),
  },
});

describe("a reader that can't keep up", () => {
  test("holds a few events at most, and gets the newest value of every tenant", async () => {
    const mailbox = new Mailbox(new AbortController().signal, 4);
    for (let id = 1; id <= 1000; id++)
      mailbox.put(tick(id, [["busy", id], ...(id === 7 ? [["once", 7] as [string, number]] : [])]));
    const held: LiveEvent[] = [];
    while (held.at(-1)?.id !== "1000") {
      const event = await mailbox.take();
      if (event) held.push(event);
    }
    expect(held.length).toBeLessThanOrEqual(4);
    const newest = new Map<string, number | undefined>();
    for (const { data } of held) {
      if (data.type === "tick") for (const { id, usage } of data.changes) newest.set(id, usage.cpu?.value);
    }
    expect(Object.fromEntries(newest)).toEqual({ busy: 1000, once: 7 });
  });

  test("what is kept for others is bounded too", () => {
    const recent = new Recent(10, 6);
    for (let id = 1; id <= 8; id++)
      recent.add(
        tick(id, [
          ["a", id],
          ["b", id],
        ]),
      );
    expect(recent.after("5")).toBeUndefined();
    expect(recent.after("6")?.map(({ id }) => id)).toEqual(["7", "8"]);
    expect(recent.after("8")).toEqual([]);
  });
});

test("a client gets nothing that it did not ask for", () => {
  const sign = project(tick(1, [["a", 1]]), interestOf(["activities"], everything));
  expect(sign?.data).toMatchObject({ type: "tick", changes: [] });
  expect(project({ data: { type: "tenant", tenantId: "a" } }, interestOf(["tenant:b"], everything))).toBeUndefined();
  expect(project({ data: { type: "tenant", tenantId: "a" } }, interestOf(["tenant:a"], everything))).toBeDefined();
});
