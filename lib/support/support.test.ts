import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { does, type Person, person } from "@/lib/access/testing";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { permissions } from "@/lib/kernel/permissions";
import { everything } from "@/lib/kernel/scope";
import { sha256 } from "@/lib/platform/crypto";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { registryPool } from "@/lib/runtime/registry";
import { createSupport, type Support } from "@/lib/runtime/support";
import { type SupportState, supportStates } from "./contract";
import { endSupport } from "./end-support";
import { listSupport } from "./list-support";
import { openSupport } from "./open-support";
import { settleSupport } from "./settle";

let control: TestControl;
let acme: TestTenant;
let other: TestTenant;
let registry: pg.Pool;
let support: Support;
let ada: Person;
let bea: Person;
let people = 0;
/** Milliseconds by which these tests are ahead of the machine's clock, on which sessions of the console are judged. */
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
const { signal } = new AbortController();

beforeAll(async () => {
  control = await testControl();
  registry = registryPool();
  support = createSupport({ registry, clock: now });
  [acme, other] = [await control.makeTenant("acme"), await control.makeTenant("other")];
});
afterAll(async () => {
  await registry.end();
  await control.close();
});
beforeEach(async () => {
  ahead = 0;
  people++;
  await control.sql("TRUNCATE support_access, tenant_activities");
  await control.sql("UPDATE tenants SET status = 'active', plan = 'starter'");
  [ada, bea] = [await person(`ada-${people}`, "operator"), await person(`bea-${people}`, "operator")];
});

const at = async (who: Person): Promise<Ctx> => ({ ...(await who.ctx()), now });
const open = async (who: Person, input: { reason?: string; minutes?: number } = {}, id = acme.id) =>
  await does(await at(who), openSupport, { id, reason: "Ticket 7", ...input });
const tokenOf = ({ url }: { url: string }) => new URL(url).searchParams.get("token") ?? "";
const enter = async (opened: { url: string }) =>
  await support.redeem({ token: tokenOf(opened), tenantId: acme.id, address: "192.0.2.7", agent: "a browser" });
const states = async () => {
  const { access } = await perform(listSupport, as("viewer", { now }), { id: acme.id });
  return access.map(({ state }) => state);
};
const audited = async (operation: string) =>
  await controlDb().auditEvent.findMany({ where: { operation }, orderBy: { id: "asc" } });
const timeline = async () =>
  (await controlDb().tenantActivity.findMany({ orderBy: { id: "asc" } })).map(({ activityType: type }) => type);

describe("opening an app as support", () => {
  test("wants the second factor for this very input, and makes a link of which only the hash is kept", async () => {
    const input = { id: acme.id, reason: "Ticket 7", minutes: 15 };
    await expect(perform(openSupport, await at(ada), input)).rejects.toMatchObject({ reason: "step_up_required" });
    const made = await does(await at(ada), openSupport, input);
    expect(made.url).toMatch(/^https:\/\/acme\.localhost\/\.tenantry\/support\?token=[\w-]{43}$/);
    expect(made.access).toMatchObject({ state: "open", reason: "Ticket 7", user: { id: ada.id, email: ada.email } });
    expect(Date.parse(made.expiresAt) - Date.parse(made.access.createdAt)).toBe(60_000);
    // The proof is used up: the same again wants another.
    await expect(perform(openSupport, await at(ada), input)).rejects.toMatchObject({ reason: "step_up_required" });
    const [row] = await controlDb().supportAccess.findMany();
    expect(row?.tokenHash).toBe(sha256(tokenOf(made)));
    const event = (await audited("support.open")).find(({ outcome }) => outcome === "done");
    expect(event).toMatchObject({ outcome: "done", actor: ada.email, target: acme.id, input });
    expect(event?.after).toEqual({ access: made.access.id, minutes: 15 });
    for (const secret of [tokenOf(made), sha256(tokenOf(made))])
      expect(JSON.stringify({ ...event, id: "" })).not.toContain(secret);
    expect(await timeline()).toEqual(["support_opened"]);
  });

  test("is for people: neither a key that has the permission nor the host's own tool may", async () => {
    const key = { kind: "key", id: ada.id, name: "deploys", prefix: "x", rateLimit: null } as const;
    const asKey = as("nobody", { actor: { ...key, permissions, scope: everything } });
    for (const ctx of [asKey, as("system")])
      await expect(perform(openSupport, ctx, { id: acme.id, reason: "Ticket 7" })).rejects.toMatchObject({
        code: "forbidden",
      });
    expect(await controlDb().supportAccess.count()).toBe(0);
  });

  test.each(["viewer", "analyst", "auditor"] as const)("is refused to a %s, as is ending a session", async (who) => {
    const { access } = await open(ada);
    await expect(perform(openSupport, as(who), { id: acme.id, reason: "Ticket 7" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const given = { id: acme.id, access: access.id };
    await expect(perform(endSupport, as(who), given)).rejects.toMatchObject({ code: "forbidden" });
    expect(await states()).toEqual(["open"]);
  });

  test("of a tenant out of one's scope is refused as if there were none; so are its list and its end", async () => {
    const { access } = await open(ada);
    const theirs = as("operator", { scope: { kind: "plan", values: ["business"] } });
    const given = { id: acme.id, access: access.id, reason: "Ticket 7" };
    await expect(perform(listSupport, theirs, given)).rejects.toMatchObject({ code: "not_found" });
    await expect(perform(endSupport, theirs, given)).rejects.toMatchObject({ code: "not_found" });
    const far = await person(`far-${people}`, "operator", { scope: { kind: "plan", values: ["business"] } });
    await expect(open(far)).rejects.toMatchObject({ code: "not_found" });
  });

  test.each(["inactive", "suspended", "blocked", "provisioning", "failed", "deleted", "deleting"])(
    "is refused while the tenant is %s",
    async (status) => {
      await control.sql("UPDATE tenants SET status = $1::tenant_status", [status]);
      await expect(open(ada)).rejects.toMatchObject({ code: "conflict" });
    },
  );

  test("wants a reason, and between five minutes and four hours", async () => {
    for (const [input, field] of [
      [{ reason: " x " }, "reason"],
      [{ reason: "x".repeat(501) }, "reason"],
      [{ minutes: 4 }, "minutes"],
      [{ minutes: 241 }, "minutes"],
    ] as const)
      await expect(open(ada, input)).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
  });

  test("makes at most five links that wait to be used, also at once, for each person", async () => {
    const asked = Array.from({ length: 8 }, (_, n) =>
      open(ada, { reason: `Ticket ${n}` }).then(
        () => "made",
        (e) => e.code,
      ),
    );
    const made = await Promise.all(asked);
    expect(made.filter((one) => one === "made")).toHaveLength(5);
    expect(made.filter((one) => one === "limit")).toHaveLength(3);
    await expect(open(bea)).resolves.toMatchObject({ access: { state: "open" } });
    await control.sql("UPDATE support_access SET expires_at = now()");
    await expect(open(ada)).resolves.toMatchObject({ access: { state: "open" } });
  });
});

describe("the list of support", () => {
  test("is narrowed to states, each as a row tells it", async () => {
    const opened = await open(ada);
    await enter(await open(bea, { minutes: 30 }));
    const list = async (...state: SupportState[]) =>
      (await perform(listSupport, as("viewer", { now }), { id: acme.id, state })).access;
    const held = async () => {
      const all = await list();
      for (const one of supportStates) expect(await list(one)).toEqual(all.filter(({ state }) => state === one));
      expect(await list(...supportStates)).toEqual(all);
      return all.map(({ state }) => state);
    };
    expect(await held()).toEqual(["active", "open"]);
    await perform(endSupport, as("admin", { now }), { id: acme.id, access: opened.access.id });
    expect(await held()).toEqual(["active", "unused"]);
    ahead = 31 * 60_000;
    expect(await held()).toEqual(["ended", "unused"]);
  });

  test("tells how each stands, the newest first, and no secret", async () => {
    const [unused, used] = [await open(ada), await open(bea, { minutes: 30 })];
    const { session } = await enter(used);
    expect(await states()).toEqual(["active", "open"]);
    ahead = 61_000;
    expect(await states()).toEqual(["active", "unused"]);
    const { access } = await perform(listSupport, as("viewer", { now }), { id: acme.id });
    expect(access[0]).toMatchObject({
      ...{ state: "active", redeemedIp: "192.0.2.7", sessionEnds: session.endsAt.toISOString(), endedAt: null },
      user: { email: bea.email },
    });
    expect(access[1]).toMatchObject({ redeemedAt: null, sessionEnds: null, endedAt: null, endedBy: null });
    for (const opened of [unused, used]) expect(JSON.stringify(access)).not.toContain(sha256(tokenOf(opened)));
    ahead = 31 * 60_000;
    expect((await perform(listSupport, as("viewer", { now }), { id: acme.id })).access[0]).toMatchObject({
      ...{ state: "ended", endedAt: session.endsAt.toISOString(), endedBy: null },
    });
    expect((await perform(listSupport, as("viewer"), { id: other.id })).access).toEqual([]);
  });
});

describe("ending it", () => {
  test("is for whoever may open it; the runtime that hears of it lets nobody in any more", async () => {
    const opened = await open(ada);
    const { cookie } = await enter(opened);
    const given = { id: acme.id, access: opened.access.id };
    expect(await perform(endSupport, await at(bea), given)).toMatchObject({ state: "ended", endedBy: bea.email });
    support.changed(acme.id);
    expect(await support.session(cookie, acme.id)).toBeNull();
    // Again: it stays as it was, and nothing more is told.
    expect(await perform(endSupport, await at(ada), given)).toMatchObject({ state: "ended", endedBy: bea.email });
    expect(await timeline()).toEqual(["support_opened", "support_entered", "support_ended"]);
    const events = (await audited("support.end")).filter(({ target }) => target === acme.id);
    expect(events.at(-2)).toMatchObject({ actor: bea.email, before: { state: "active" }, after: { state: "ended" } });
  });

  test("takes back a link that was not used", async () => {
    const opened = await open(ada);
    const given = { id: acme.id, access: opened.access.id };
    expect(await perform(endSupport, await at(ada), given)).toMatchObject({ state: "unused", endedBy: ada.email });
    await expect(enter(opened)).rejects.toMatchObject({ reason: "support_expired" });
  });

  test("of another tenant's access, or of none, is not found", async () => {
    const { access } = await open(ada);
    const given = { id: other.id, access: access.id };
    await expect(perform(endSupport, await at(ada), given)).rejects.toMatchObject({ code: "not_found" });
    expect(await states()).toEqual(["open"]);
  });
});

describe("the worker", () => {
  test("writes to the audit trail, once, who entered and left, from where and with what", async () => {
    const { cookie } = await enter(await open(ada));
    await Promise.all([settleSupport(now, signal), settleSupport(now, signal)]);
    await support.end(cookie, acme.id, { address: "192.0.2.8", agent: "another" });
    await Promise.all([settleSupport(now, signal), settleSupport(now, signal)]);
    const mine = async (operation: string) => (await audited(operation)).filter(({ actorId }) => actorId === ada.id);
    const [entered, ...more] = [...(await mine("support.enter")), ...(await mine("support.leave"))];
    expect(entered).toMatchObject({
      actor: ada.email,
      target: acme.id,
      ipAddress: "192.0.2.7",
      userAgent: "a browser",
    });
    expect(more).toMatchObject([{ operation: "support.leave", ipAddress: "192.0.2.8", userAgent: "another" }]);
  });

  test.each([
    ["was deactivated", () => control.sql("UPDATE users SET deactivated_at = now() WHERE id = $1", [ada.id])],
    ["lost the right", () => control.sql("UPDATE users SET role = 'viewer' WHERE id = $1", [ada.id])],
    ["has a role that is gone", () => control.sql("UPDATE users SET role = 'ghost' WHERE id = $1", [ada.id])],
    [
      "has a scope without the tenant",
      () => control.sql(`UPDATE users SET scope = '{"kind": "plan", "values": ["x"]}' WHERE id = $1`, [ada.id]),
    ],
    [
      "has a scope that can't be read",
      () => control.sql(`UPDATE users SET scope = '{"kind": "of another version"}' WHERE id = $1`, [ada.id]),
    ],
    ["is gone", () => control.sql("DELETE FROM users WHERE id = $1", [ada.id])],
  ])("puts out whoever %s, and leaves the others alone", async (_, change) => {
    const [mine, theirs] = [await enter(await open(ada)), await enter(await open(bea))];
    const waiting = await open(ada);
    await change();
    await settleSupport(now, signal);
    await settleSupport(now, signal);
    support.missed();
    expect(await support.session(mine.cookie, acme.id)).toBeNull();
    expect(await support.session(theirs.cookie, acme.id)).not.toBeNull();
    await expect(enter(waiting)).rejects.toMatchObject({ reason: "support_expired" });
    expect(await states()).toEqual(["unused", "active", "ended"]);
    expect((await timeline()).filter((type) => type === "support_ended")).toHaveLength(2);
    expect((await audited("support.end")).at(-1)).toMatchObject({ actor: "worker", outcome: "done", target: acme.id });
  });

  test("settles the others when one row can't be settled, and says which", async () => {
    const [stuck, theirs] = [await open(ada), await open(bea)];
    await enter(stuck);
    const { cookie } = await enter(theirs);
    await control.sql("UPDATE users SET role = 'viewer' WHERE id = ANY ($1)", [[ada.id, bea.id]]);
    await control.sql(`CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'stuck'; END $$;
      CREATE TRIGGER stuck BEFORE UPDATE ON support_access FOR EACH ROW WHEN (OLD.id = '${stuck.access.id}')
      EXECUTE FUNCTION stuck();
      CREATE TRIGGER stuck BEFORE INSERT ON audit_events FOR EACH ROW WHEN (NEW.request_id = '${stuck.access.id}')
      EXECUTE FUNCTION stuck()`);
    try {
      const settled = settleSupport(now, signal);
      await expect(settled).rejects.toThrow(stuck.access.id);
      await expect(settled).rejects.toMatchObject({ errors: [expect.any(Error), expect.any(Error)] });
    } finally {
      await control.sql("DROP FUNCTION stuck CASCADE");
    }
    support.missed();
    expect(await support.session(cookie, acme.id)).toBeNull();
    expect(await states()).toEqual(["ended", "active"]);
    const entered = (await audited("support.enter")).map(({ requestId }) => requestId);
    expect(entered).toContain(theirs.access.id);
    expect(entered).not.toContain(stuck.access.id);
    await settleSupport(now, signal);
    expect(await states()).toEqual(["ended", "ended"]);
  });

  test("ends nothing of people who still may", async () => {
    await enter(await open(ada));
    await settleSupport(now, signal);
    expect(await states()).toEqual(["active"]);
  });
});
