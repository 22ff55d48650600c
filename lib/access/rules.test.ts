import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInRoleNames, builtInRoles, covers, permissions } from "@/lib/kernel/permissions";
import { everything, type Scope, scopeWithin } from "@/lib/kernel/scope";
import { checkGrant, checkOther, checkReach, checkRole, type Holder, type Subject, systemHolder } from "./rules";

const passes = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

const names = fc.constantFrom("eu", "us", "asia");
const scopes: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant(everything),
  fc.record({
    kind: fc.constantFrom("region" as const, "plan" as const, "tag" as const),
    values: fc.uniqueArray(names, { minLength: 1 }),
  }),
);
const held = fc.subarray(permissions);
const holders: fc.Arbitrary<Holder> = fc
  .record({ permissions: held, scope: scopes })
  .map((rights) => ({ id: "me", role: "mine", owner: false, ...rights }));
const subjects: fc.Arbitrary<Subject> = fc.record({ role: fc.constant("theirs"), permissions: held, scope: scopes });

test("whatever the rights, nobody gives or reaches more than they hold", () => {
  fc.assert(
    fc.property(holders, subjects, (holder, subject) => {
      const within = covers(holder.permissions, subject.permissions) && scopeWithin(subject.scope, holder.scope);
      expect(passes(() => checkGrant(holder, subject))).toBe(within);
      expect(passes(() => checkReach(holder, subject))).toBe(within);
    }),
  );
});

test("giving comes to rest: nobody who was given rights can give on more than the first had", () => {
  fc.assert(
    fc.property(holders, subjects, subjects, (first, second, third) => {
      if (!passes(() => checkGrant(first, second))) return;
      const holder: Holder = { ...second, id: "second", owner: false };
      if (passes(() => checkGrant(holder, third))) expect(passes(() => checkGrant(first, third))).toBe(true);
    }),
  );
});

const asRole = (role: keyof typeof builtInRoles, scope: Scope = everything) => {
  return { id: role, role, owner: role === "owner", permissions: builtInRoles[role].permissions, scope };
};

describe("owners", () => {
  const owner: Subject = asRole("owner");

  test("are made, changed and locked out by owners only, though admins have every permission", () => {
    for (const role of builtInRoleNames) {
      expect(passes(() => checkGrant(asRole(role), owner))).toBe(role === "owner");
      expect(passes(() => checkReach(asRole(role), owner))).toBe(role === "owner");
    }
    expect(passes(() => checkGrant(systemHolder, owner))).toBe(true);
  });

  test("reach all tenants", () => {
    const narrow = { ...owner, scope: { kind: "region" as const, values: ["eu"] } };
    expect(() => checkGrant(asRole("owner"), narrow)).toThrow(
      expect.objectContaining({ fields: { scope: "An owner's rights reach all tenants." } }),
    );
  });
});

test("a refusal names the field and what is missing", () => {
  const scope = { kind: "region" as const, values: ["eu"] };
  const holder = { ...asRole("viewer"), scope };
  expect(() => checkGrant(holder, asRole("analyst"))).toThrow(
    expect.objectContaining({
      code: "forbidden",
      fields: {
        role: "It includes what you do not have yourself: reports:read.",
        scope: "Your own rights reach only region eu.",
      },
    }),
  );
});

test("nobody acts upon themselves, and the system is nobody", () => {
  expect(() => checkOther(asRole("owner"), { id: "owner" }, "deactivate their own account")).toThrow(/Ask somebody/);
  expect(passes(() => checkOther(systemHolder, { id: "owner" }, "x"))).toBe(true);
});

test("a role holds no more than its maker, and nobody changes their own", () => {
  const maker = asRole("auditor");
  expect(passes(() => checkRole(maker, { name: "reader", permissions: ["audit:read"] }))).toBe(true);
  expect(() => checkRole(maker, { name: "maker", permissions: ["tenants:delete"] })).toThrow(/more than its maker/);
  expect(() => checkRole(maker, { name: "auditor", permissions: [] })).toThrow(/your own role/);
});
