import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { editUser } from "@/lib/access/edit-user";
import { invite } from "@/lib/access/invite";
import { removeRole } from "@/lib/access/remove-role";
import { saveRole } from "@/lib/access/save-role";
import { setUserActive } from "@/lib/access/set-user-active";
import { showOpenInvitation } from "@/lib/access/show-open-invitation";
import { showRole } from "@/lib/access/show-role";
import { showUser } from "@/lib/access/show-user";
import { person } from "@/lib/access/testing";
import { withdrawInvitation } from "@/lib/access/withdraw-invitation";
import { listAudit } from "@/lib/audit/list-audit";
import { showAuditEvent } from "@/lib/audit/show-event";
import { addDomain } from "@/lib/domains/add-domain";
import { removeDomain } from "@/lib/domains/remove-domain";
import { showDomain } from "@/lib/domains/show-domain";
import { editFilter } from "@/lib/filters/edit-filter";
import { removeFilter } from "@/lib/filters/remove-filter";
import { saveFilter } from "@/lib/filters/save-filter";
import { showFilter } from "@/lib/filters/show-filter";
import type { Ctx } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";
import { conditionOf, stateTag } from "@/lib/gate/precondition";
import { as } from "@/lib/gate/testing";
import { addIpRule } from "@/lib/keys/add-ip-rule";
import { createKey } from "@/lib/keys/create-key";
import { editIpRule } from "@/lib/keys/edit-ip-rule";
import { editKey } from "@/lib/keys/edit-key";
import { removeIpRule } from "@/lib/keys/remove-ip-rule";
import { revokeKey } from "@/lib/keys/revoke-key";
import { showIpRule } from "@/lib/keys/show-ip-rule";
import { showKey } from "@/lib/keys/show-key";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { editServer } from "@/lib/servers/edit-server";
import { showServer } from "@/lib/servers/show-server";
import { showTenant } from "@/lib/tenants/show-tenant";
import { showTenantBySlug } from "@/lib/tenants/show-tenant-by-slug";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

let made = 0;
const name = () => `thing-${made++}`;
const system = (more: Partial<Ctx> = {}) => as("system", more);
const user = async () => ({ id: (await person(name(), "viewer")).id });

type Case = {
  show: Operation;
  key: () => Promise<object>;
  change: Operation;
  by: object;
  last: Operation;
  lastBy: object;
};

const cases: Record<string, Case> = {
  user: {
    ...{ show: showUser as Operation, key: user },
    ...{ change: editUser as Operation, by: { role: "operator" } },
    ...{ last: setUserActive as Operation, lastBy: { active: false } },
  },
  role: {
    show: showRole as Operation,
    key: async () => {
      const role = { name: name(), permissions: ["tenants:read" as const] };
      await perform(saveRole, system(), role);
      return { name: role.name };
    },
    ...{ change: saveRole as Operation, by: { permissions: ["servers:read"] } },
    ...{ last: removeRole as Operation, lastBy: {} },
  },
  key: {
    show: showKey as Operation,
    key: async () => {
      const { key } = await perform(createKey, system(), { name: name(), permissions: ["tenants:read"] });
      return { id: key.id };
    },
    ...{ change: editKey as Operation, by: { name: "renamed", rateLimit: 7, expiresInDays: null } },
    ...{ last: revokeKey as Operation, lastBy: {} },
  },
  "IP rule": {
    show: showIpRule as Operation,
    key: async () => {
      const { id } = await perform(addIpRule, system(), { network: "198.51.100.9", action: "deny", area: "api" });
      return { id };
    },
    ...{ change: editIpRule as Operation, by: { note: "seen twice", network: "198.51.100.10/31" } },
    ...{ last: removeIpRule as Operation, lastBy: {} },
  },
  filter: {
    show: showFilter as Operation,
    key: async () => ({ id: (await perform(saveFilter, system(), { name: name(), filter: {} })).id }),
    ...{ change: editFilter as Operation, by: { name: "another name", filter: { plan: ["starter"] } } },
    ...{ last: removeFilter as Operation, lastBy: {} },
  },
};

const tagged = (tag: string) => conditionOf(`"${tag}.whatever"`);

describe.each(Object.entries(cases))("a %s", (_, { show, key, change, by, last, lastBy }) => {
  test("is shown, changed and ended only in the state that If-Match names", async () => {
    const which = await key();
    const read = async () => await perform(show, system(), which);
    const before = (await read()) as object;
    const tag = stateTag(show.contract, before) ?? "";
    const stale = { code: "changed" };
    await expect(perform(change, system({ condition: tagged("old") }), { ...which, ...by })).rejects.toMatchObject(
      stale,
    );
    expect(await read()).toEqual(before);
    const condition = tagged(tag);
    await perform(change, system({ condition }), { ...which, ...by });
    expect(condition.checked).toBe(true);
    const after = (await read()) as object;
    expect(after).not.toEqual(before);
    await expect(perform(last, system({ condition: tagged(tag) }), { ...which, ...lastBy })).rejects.toMatchObject(
      stale,
    );
    expect(await read()).toEqual(after);
    const now = stateTag(show.contract, after) ?? "";
    await perform(last, system({ condition: tagged(now) }), { ...which, ...lastBy });
  });

  test("that is not there is not found", async () => {
    const nothing = show === (showRole as Operation) ? { name: "no-such" } : { id: control.serverId };
    await expect(perform(show, system(), nothing)).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a role that is not there yet has no state, so that If-Match, also of any, makes none", async () => {
  const role = { name: "made-never", permissions: ["tenants:read" as const] };
  await expect(perform(saveRole, system({ condition: conditionOf("*") }), role)).rejects.toMatchObject({
    code: "changed",
  });
  await expect(perform(showRole, system(), { name: role.name })).rejects.toMatchObject({ code: "not_found" });
});

test("an invitation and a domain are shown, and ended only in the state that If-Match names", async () => {
  const { invitation } = await perform(invite, system(), { email: "new@example.com", role: "viewer" });
  const { id } = invitation;
  expect(await perform(showOpenInvitation, system(), { id })).toEqual(invitation);
  await expect(perform(withdrawInvitation, system({ condition: tagged("old") }), { id })).rejects.toMatchObject({
    code: "changed",
  });
  const tag = stateTag(showOpenInvitation.contract, invitation) ?? "";
  await perform(withdrawInvitation, system({ condition: tagged(tag) }), { id });
  await expect(perform(showOpenInvitation, system(), { id })).rejects.toMatchObject({ code: "not_found" });

  const tenant = await control.makeTenant("acme");
  const added = await perform(addDomain, system(), { id: tenant.id, hostname: "shop.example.com" });
  const which = { id: tenant.id, domain: added.id };
  expect(await perform(showDomain, system(), which)).toMatchObject({ hostname: "shop.example.com", state: "pending" });
  const theirs = as("viewer", { scope: { kind: "tag", values: ["other"] } });
  await expect(perform(showDomain, theirs, which)).rejects.toMatchObject({ code: "not_found" });
  await expect(perform(removeDomain, system({ condition: tagged("old") }), which)).rejects.toMatchObject({
    code: "changed",
  });
  const seen = stateTag(showDomain.contract, await perform(showDomain, system(), which)) ?? "";
  await perform(removeDomain, system({ condition: tagged(seen) }), which);
  await expect(perform(showDomain, system(), which)).rejects.toMatchObject({ code: "not_found" });
});

test("a server's state is what somebody chose, not what is measured of it", async () => {
  const which = { id: control.serverId };
  const before = await perform(showServer, as("viewer"), which);
  const tag = stateTag(showServer.contract, before) ?? "";
  await control.sql("UPDATE servers SET last_tick_at = now(), version = '18.9'");
  const measured = await perform(showServer, as("viewer"), which);
  expect(measured).not.toEqual(before);
  expect(stateTag(showServer.contract, measured)).toBe(tag);
  const edit = (condition: ReturnType<typeof tagged>) =>
    perform(editServer, system({ condition }), { ...which, region: "moon" });
  await expect(edit(tagged("old"))).rejects.toMatchObject({ code: "changed" });
  expect(await edit(tagged(tag))).toMatchObject({ region: "moon" });
});

test("a tenant is found by its slug as by its id, and as little by who may not see it", async () => {
  const { id } = await control.makeTenant("by-slug");
  expect(await perform(showTenantBySlug, system(), { slug: "by-slug" })).toEqual(
    await perform(showTenant, system(), { id }),
  );
  const theirs = as("viewer", { scope: { kind: "tag", values: ["other"] } });
  for (const [who, slug] of [
    [theirs, "by-slug"],
    [system(), "no-such"],
    [system(), "%"],
  ] as const)
    await expect(perform(showTenantBySlug, who, { slug })).rejects.toMatchObject({ code: "not_found" });
});

test("one event of the trail is shown as the list has it", async () => {
  const { events } = await perform(listAudit, as("auditor"), { limit: 1 });
  expect(await perform(showAuditEvent, as("auditor"), { id: events[0]?.id ?? "" })).toEqual(events[0]);
  await expect(perform(showAuditEvent, as("auditor"), { id: "9".repeat(18) })).rejects.toMatchObject({
    code: "not_found",
  });
});
