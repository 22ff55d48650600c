import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { acceptInvitation } from "./accept-invitation";
import { editUser } from "./edit-user";
import { invite } from "./invite";
import { listInvitations } from "./list-invitations";
import { listRoles } from "./list-roles";
import { makePasswordLink } from "./make-password-link";
import { removeRole } from "./remove-role";
import { saveRole } from "./save-role";
import { showInvitation } from "./show-invitation";
import { does, type Person, person } from "./testing";
import { withdrawInvitation } from "./withdraw-invitation";

let control: TestControl;
let owner: Person;
let admin: Person;
const nobody = () => as("nobody");
const email = "new@example.com";
const account = { name: "New", password: "seven otters paint the harbour" };

beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("TRUNCATE users, invitations, custom_roles, one_time_links CASCADE");
  owner = await person("owner", "owner");
  admin = await person("admin", "admin");
});

async function tokenFor(who: Person, role = "viewer"): Promise<string> {
  const { link } = await does(who, invite, { email, role });
  return link.split("/").at(-1) ?? "";
}

describe("an invitation", () => {
  test("makes one account, also when it is accepted twice at once", async () => {
    const token = await tokenFor(admin, "operator");
    await expect(does(nobody(), showInvitation, { token })).resolves.toEqual({
      ...{ state: "ok", email, role: "operator" },
      ...{ scope: { kind: "all" }, invitedBy: admin.email },
    });
    const both = await Promise.allSettled([1, 2].map(() => does(nobody(), acceptInvitation, { token, ...account })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await controlDb().user.findMany({ where: { email } })).toMatchObject([{ role: "operator", name: "New" }]);
    await expect(does(nobody(), showInvitation, { token })).resolves.toMatchObject({ state: "used", email: null });
  });

  test("is one per address: a new one replaces it, and a user needs none", async () => {
    const [first, second] = [await tokenFor(admin), await tokenFor(admin)];
    await expect(does(nobody(), showInvitation, { token: first })).resolves.toMatchObject({ state: "unknown" });
    await expect(does(nobody(), acceptInvitation, { token: second, ...account })).resolves.toEqual({ email });
    await expect(does(admin, invite, { email, role: "viewer" })).rejects.toMatchObject({
      fields: { email: "There is a user with this e-mail already." },
    });
  });

  test("ends after seven days, or when it is withdrawn", async () => {
    const token = await tokenFor(admin);
    const later = { ...nobody(), now: () => new Date(Date.now() + 8 * 86_400_000) };
    await expect(does(later, acceptInvitation, { token, ...account })).rejects.toThrow(/expired/);
    const [open] = (await does(admin, listInvitations, {})).invitations;
    await does(admin, withdrawInvitation, { id: open?.id ?? "" });
    await expect(does(nobody(), acceptInvitation, { token, ...account })).rejects.toThrow(/not known/);
  });

  test("gives no more than its maker has, and only owners invite owners", async () => {
    await expect(does(admin, invite, { email, role: "owner" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(does(admin, invite, { email, role: "king" })).rejects.toMatchObject({ fields: { role: /king/ } });
    await tokenFor(owner, "owner");
    await expect(does(admin, invite, { email, role: "viewer" })).rejects.toThrow(/only an owner/);
  });

  test("is measured again when it is accepted: its maker may have fewer rights, its role may be gone", async () => {
    await does(owner, saveRole, { name: "inviter", permissions: ["users:create", "tenants:read"] });
    const inviter = await person("inviter", "inviter");
    await does(owner, saveRole, { name: "reader", permissions: ["tenants:read"] });
    const token = await tokenFor(inviter, "reader");
    await does(owner, saveRole, { name: "reader", permissions: ["tenants:read", "tenants:delete"] });
    const accept = () => does(nobody(), acceptInvitation, { token, ...account });
    await expect(accept()).rejects.toThrow(/fewer rights now/);
    await does(owner, saveRole, { name: "reader", permissions: ["tenants:read"] });
    await does(owner, editUser, { id: inviter.id, role: "viewer" });
    await expect(accept()).rejects.toThrow(/may not invite any more/);
    await does(owner, editUser, { id: inviter.id, role: "admin" });
    await controlDb().customRole.delete({ where: { name: "reader" } });
    await expect(accept()).rejects.toThrow(/the role "reader" was deleted/);
  });
});

describe("a custom role", () => {
  test("has another name than the built-in ones, and no more than its maker's permissions", async () => {
    await expect(does(owner, saveRole, { name: "admin", permissions: ["tenants:read"] })).rejects.toMatchObject({
      fields: { name: expect.stringMatching(/comes with Tenantry/) },
    });
    await does(owner, saveRole, { name: "roles", permissions: ["roles:update", "tenants:read"] });
    const maker = await person("maker", "roles");
    await expect(does(maker, saveRole, { name: "more", permissions: ["audit:read"] })).rejects.toMatchObject({
      fields: { permissions: "You do not have these yourself: audit:read." },
    });
    await expect(does(maker, saveRole, { name: "roles", permissions: ["tenants:read"] })).rejects.toThrow(/your own/);
    await expect(does(maker, saveRole, { name: "less", permissions: ["tenants:read"] })).resolves.toMatchObject({
      builtIn: false,
      users: 0,
    });
  });

  test("counts at once for who has it", async () => {
    await does(owner, saveRole, { name: "night", permissions: ["tenants:read"] });
    const holder = await person("holder", "night");
    await does(owner, saveRole, { name: "night", permissions: ["tenants:read", "audit:read"] });
    expect((await holder.ctx()).actor).toMatchObject({ permissions: ["tenants:read", "audit:read"] });
    expect((await does(owner, listRoles, {})).roles.at(-1)).toMatchObject({ name: "night", users: 1 });
  });

  test("that changes ends the links by which its holders' passwords could be set", async () => {
    await does(owner, saveRole, { name: "night", permissions: ["tenants:read"] });
    const holder = await person("holder", "night");
    await does(admin, makePasswordLink, { id: holder.id });
    await does(owner, saveRole, { name: "night", permissions: ["tenants:read", "keys:create"] });
    expect(await controlDb().oneTimeLink.count()).toBe(0);
  });

  test("stays while somebody has it or is invited to it, and says who", async () => {
    await does(owner, saveRole, { name: "night", permissions: ["tenants:read"] });
    const holder = await person("holder", "night");
    await tokenFor(admin, "night");
    await expect(does(owner, removeRole, { name: "night" })).rejects.toThrow(
      "in use: 1 user (holder@example.com), 1 open invitation (new@example.com)",
    );
    await does(owner, editUser, { id: holder.id, role: "viewer" });
    await controlDb().invitation.deleteMany();
    await does(owner, removeRole, { name: "night" });
    await expect(does(owner, removeRole, { name: "night" })).rejects.toMatchObject({ code: "not_found" });
    await expect(does(owner, removeRole, { name: "viewer" })).rejects.toMatchObject({ code: "conflict" });
  });
});
