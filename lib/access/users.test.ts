import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { editUser } from "./edit-user";
import { endUserSessions } from "./end-user-sessions";
import { listUsers } from "./list-users";
import { makePasswordLink } from "./make-password-link";
import { resetSecondFactor } from "./reset-second-factor";
import { setUserActive } from "./set-user-active";
import { showPasswordLink } from "./show-password-link";
import { does, type Person, person } from "./testing";
import { usePasswordLink } from "./use-password-link";

let control: TestControl;
let owner: Person;
let admin: Person;
let viewer: Person;
const nobody = () => as("nobody");
const eu = { kind: "region" as const, values: ["eu"] };

beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("TRUNCATE users, invitations, custom_roles, one_time_links, api_keys CASCADE");
  owner = await person("owner", "owner");
  admin = await person("admin", "admin");
  viewer = await person("viewer", "viewer");
});

/** What is said to streams while `work` runs. */
async function told(work: () => Promise<unknown>): Promise<string[]> {
  const client = new pg.Client({ connectionString: control.url });
  await client.connect();
  const heard: string[] = [];
  client.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await client.query("LISTEN tenantry_session");
  await work();
  await control.sql("SELECT pg_notify('tenantry_session', 'end')");
  await vi.waitFor(() => expect(heard.at(-1)).toBe("end"), 5000);
  await client.end();
  return heard.slice(0, -1);
}

const sessionOf = async ({ ctx }: Person) => {
  const { actor } = await ctx();
  return actor.kind === "user" ? actor.sessionId : undefined;
};

describe("a role or scope", () => {
  test("is changed with a confirmation, told to the user's streams, and stands in the trail as it was and is", async () => {
    const session = await sessionOf(viewer);
    const heard = await told(() => does(owner, editUser, { id: viewer.id, role: "operator", scope: eu }));
    expect(heard).toEqual([session]);
    expect((await viewer.ctx()).actor).toMatchObject({ kind: "user", role: "operator", scope: eu });
    const event = await controlDb().auditEvent.findFirst({
      where: { operation: "users.edit" },
      orderBy: { id: "desc" },
    });
    expect(event).toMatchObject({
      target: viewer.id,
      before: { role: "viewer", scope: { kind: "all" } },
      after: { role: "operator", scope: eu },
    });
  });

  test("that is unknown is refused at its field", async () => {
    await expect(does(owner, editUser, { id: viewer.id, role: "king" })).rejects.toMatchObject({
      code: "invalid",
      fields: { role: 'There is no role "king".' },
    });
  });

  test("can't be one's own", async () => {
    await expect(does(owner, editUser, { id: owner.id, role: "viewer" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of an owner is an owner's business", async () => {
    await expect(does(admin, editUser, { id: viewer.id, role: "owner" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(does(admin, editUser, { id: owner.id, role: "viewer" })).rejects.toMatchObject({ code: "forbidden" });
    for (const op of [makePasswordLink, endUserSessions, setUserActive] as const) {
      await expect(does(admin, op as never, { id: owner.id, active: false } as never)).rejects.toThrow(/only an owner/);
    }
  });

  test("is not changed by somebody with fewer rights, nor are such people helped in", async () => {
    const rights = ["users:read", "users:update"];
    await controlDb().customRole.create({ data: { name: "helpdesk", permissions: rights } });
    const helper = await person("helper", "helpdesk");
    const fresh = await person("fresh", "operator", { enrolled: false });
    await expect(does(helper, editUser, { id: helper.id, role: "admin" })).rejects.toThrow(/own role/);
    await expect(does(helper, editUser, { id: viewer.id, role: "admin" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(does(helper, makePasswordLink, { id: fresh.id })).rejects.toThrow(/more rights than yours/);
  });

  test("ends the links that were made for the user before: they gave less", async () => {
    const { link } = await does(admin, makePasswordLink, { id: viewer.id });
    await does(owner, editUser, { id: viewer.id, role: "admin" });
    const token = link.split("/").at(-1) ?? "";
    await expect(does(nobody(), showPasswordLink, { token })).resolves.toEqual({ state: "unknown", email: null });
  });
});

describe("the last owner", () => {
  test("stays, also when two owners demote each other at once", async () => {
    const other = await person("other", "owner");
    const outcomes = await Promise.allSettled([
      does(owner, editUser, { id: other.id, role: "viewer" }),
      does(other, editUser, { id: owner.id, role: "viewer" }),
      does(owner, setUserActive, { id: other.id, active: false }),
    ]);
    expect(outcomes.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
    expect(await controlDb().user.count({ where: { role: "owner", deactivatedAt: null } })).toBe(1);
  });

  test("can't be locked out from the host either, and an owner who has not enrolled does not count", async () => {
    await person("waiting", "owner", { enrolled: false });
    const last = { id: owner.id, active: false };
    await expect(does(as("system"), setUserActive, last)).rejects.toThrow(/last active owner/);
    await expect(does(as("system"), editUser, { id: owner.id, role: "admin" })).rejects.toThrow(/last active owner/);
  });
});

describe("deactivating", () => {
  test("ends every session at once, and the keys they made if told", async () => {
    const key = (prefix: string) => ({ id: newId(new Date()), prefix, secretHash: "x", name: prefix, createdBy: "x" });
    await controlDb().apiKey.create({ data: { ...key("mine"), createdById: viewer.id } });
    await controlDb().apiKey.create({ data: { ...key("others"), createdById: admin.id } });
    const session = await sessionOf(viewer);
    const heard = await told(() => does(admin, setUserActive, { id: viewer.id, active: false, revokeKeys: true }));
    expect(heard).toEqual([session]);
    expect((await viewer.ctx()).actor.kind).toBe("nobody");
    const open = await controlDb().apiKey.findMany({ where: { revokedAt: null } });
    expect(open.map(({ prefix }) => prefix)).toEqual(["others"]);
    await expect(does(admin, makePasswordLink, { id: viewer.id })).rejects.toMatchObject({ code: "conflict" });
    await expect(does(admin, setUserActive, { id: viewer.id, active: true })).resolves.toMatchObject({
      deactivatedAt: null,
    });
  });

  test("is not for oneself", async () => {
    await expect(does(owner, setUserActive, { id: owner.id, active: false })).rejects.toThrow(/Ask somebody else/);
  });
});

describe("a second factor", () => {
  test("is removed by owners only, whoever it is of, with passkeys, recovery codes and sessions", async () => {
    await controlDb().recoveryCode.create({ data: { id: newId(new Date()), userId: viewer.id, codeHash: "x" } });
    await expect(does(admin, resetSecondFactor, { id: viewer.id })).rejects.toThrow(/users:recover/);
    await expect(does(owner, resetSecondFactor, { id: owner.id })).rejects.toThrow(/their own second factor/);
    const row = await does(owner, resetSecondFactor, { id: viewer.id });
    expect(row).toMatchObject({ secondFactor: false, sessions: 0 });
    expect(await controlDb().recoveryCode.count({ where: { userId: viewer.id } })).toBe(0);
  });
});

describe("a link to set a password", () => {
  const password = "seven otters paint the harbour";

  test("works once, also when two use it at once, ends sessions and leaves the second factor", async () => {
    const { link } = await does(admin, makePasswordLink, { id: viewer.id });
    const token = link.split("/").at(-1) ?? "";
    expect(JSON.stringify(await controlDb().oneTimeLink.findMany())).not.toContain(token);
    await expect(does(nobody(), usePasswordLink, { token, password: "passwordpassword" })).rejects.toMatchObject({
      fields: { password: expect.any(String) },
    });
    const uses = await Promise.allSettled([1, 2].map(() => does(nobody(), usePasswordLink, { token, password })));
    expect(uses.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const user = await controlDb().user.findUniqueOrThrow({ where: { id: viewer.id } });
    expect(user.passwordHash).toContain("argon2id");
    expect(user.totpConfirmedAt).not.toBeNull();
    expect((await viewer.ctx()).actor.kind).toBe("nobody");
  });

  test("ends after a day, and with the next one", async () => {
    const first = (await does(admin, makePasswordLink, { id: viewer.id })).link.split("/").at(-1) ?? "";
    const second = (await does(owner, makePasswordLink, { id: viewer.id })).link.split("/").at(-1) ?? "";
    const tomorrow = { ...nobody(), now: () => new Date(Date.now() + 25 * 3_600_000) };
    await expect(does(nobody(), showPasswordLink, { token: first })).resolves.toMatchObject({ state: "unknown" });
    await expect(does(tomorrow, showPasswordLink, { token: second })).resolves.toMatchObject({ state: "expired" });
    await expect(does(tomorrow, usePasswordLink, { token: second, password })).rejects.toThrow(/expired/);
  });

  test("is not in the trail", async () => {
    const { link } = await does(admin, makePasswordLink, { id: viewer.id });
    const { rows } = await control.sql("SELECT string_agg(e::text, '') AS all FROM audit_events e");
    expect(rows[0].all).not.toContain(link.split("/").at(-1));
  });
});

test("users are listed with their sessions, and signed out everywhere", async () => {
  const { users } = await does(admin, listUsers, {});
  expect(users.map(({ email, sessions }) => [email, sessions])).toEqual([
    ["admin@example.com", 1],
    ["owner@example.com", 1],
    ["viewer@example.com", 1],
  ]);
  await expect(does(admin, endUserSessions, { id: viewer.id })).resolves.toEqual({ ended: 1 });
});
