import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { recordAudit } from "@/lib/gate/audit";
import type { Ctx } from "@/lib/gate/context";
import { as } from "@/lib/gate/testing";
import type { InputOf } from "@/lib/kernel/contract";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { addIpRule } from "./add-ip-rule";
import { addIpRuleContract } from "./contract";
import { editIpRule } from "./edit-ip-rule";
import { removeIpRule } from "./remove-ip-rule";
import { admits, checkAddress, type Rule } from "./rules";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(() => control.sql("TRUNCATE ip_rules"));

const home = (more: Partial<Ctx> = {}) => as("admin", { ipAddress: "203.0.113.5", ...more });

/** Runs the operation itself, in a transaction as the gate does; that it takes a step-up is the gate's own test. */
async function add(ctx: Ctx, given: InputOf<typeof addIpRuleContract>) {
  const input = addIpRuleContract.input.parse(given);
  return await controlDb().$transaction(async (db) => {
    const made = await addIpRule.run({ ...ctx, db }, input);
    await recordAudit({ ...ctx, db }, { operation: "ipRules.add", outcome: "done", input });
    return made;
  });
}

const remove = (ctx: Ctx, id: string) => controlDb().$transaction((db) => removeIpRule.run({ ...ctx, db }, { id }));

const rule = (network: string, action: string, area = "both"): Rule => ({ network, action, area });

test.each([
  ["without rules everybody may", [], "198.51.100.1", true],
  ["once something is allowed, all else is not", [rule("10.0.0.0/8", "allow")], "198.51.100.1", false],
  ["an allowed network may", [rule("10.0.0.0/8", "allow")], "10.9.9.9", true],
  ["IPv4 in IPv6's clothes is IPv4", [rule("10.0.0.0/8", "allow")], "::ffff:10.9.9.9", true],
  ["IPv6 is compared by its bits", [rule("2001:db8::/32", "allow")], "2001:0db8:ffff::1", true],
  [
    "a denied address may not, in whatever is allowed",
    [rule("10.0.0.0/8", "allow"), rule("10.0.0.7", "deny")],
    "10.0.0.7",
    false,
  ],
  ["denying one leaves the others", [rule("10.0.0.7", "deny")], "10.0.0.8", true],
  ["a rule for the API does not concern the console", [rule("10.0.0.0/8", "allow", "api")], "198.51.100.1", true],
  ["an address that is not known is not allowed", [rule("10.0.0.0/8", "allow")], null, false],
  ["an address that is not known could be the denied one", [rule("10.0.0.7", "deny")], null, false],
  ["a rule that can't be read denies", [rule("nonsense", "deny")], "10.0.0.8", false],
])("%s", (_, rules, address, expected) => {
  expect(admits(rules as Rule[], "console", address as string | null)).toBe(expected);
});

test("denying always wins, whatever is allowed (property)", () => {
  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
  fc.assert(
    fc.property(
      octets,
      fc.integer({ min: 0, max: 32 }),
      fc.array(fc.integer({ min: 0, max: 32 })),
      (address, denied, allowed) => {
        const network = (bits: number) => {
          const value = address.reduce((sum, octet) => sum * 256 + octet, 0);
          const first = bits === 0 ? 0 : Math.floor(value / 2 ** (32 - bits)) * 2 ** (32 - bits);
          return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${bits}`;
        };
        const allows = allowed.map((bits) => rule(network(bits), "allow"));
        const text = address.join(".");
        expect(admits(allows, "api", text)).toBe(true);
        expect(admits([...allows, rule(network(denied), "deny")], "api", text)).toBe(false);
      },
    ),
  );
});

test("nobody can lock themselves out, by adding or by removing, and the host's command line may", async () => {
  const other = { network: "10.0.0.0/8", action: "allow" as const, area: "console" as const };
  await expect(add(home(), other)).rejects.toMatchObject({ code: "conflict", fields: { network: expect.any(String) } });
  await expect(add(home(), { network: "203.0.113.0/24", action: "deny", area: "both" })).rejects.toThrow(
    /lock you out/,
  );
  await add(home(), { ...other, area: "api" });
  const own = await add(home(), { network: "203.0.113.5", action: "allow", area: "console" });
  await add(home(), other);
  await expect(remove(home(), own.id)).rejects.toThrow(/lock you out/);
  await remove(as("system"), own.id);
  expect(await controlDb().ipRule.count()).toBe(2);
});

test("two changes at once that are harmless alone do not lock out together", async () => {
  const wide = await add(as("system"), { network: "203.0.113.0/24", action: "allow", area: "console" });
  const exact = await add(as("system"), { network: "203.0.113.5", action: "allow", area: "console" });
  await add(as("system"), { network: "10.0.0.0/8", action: "allow", area: "console" });
  const settled = await Promise.allSettled([remove(home(), wide.id), remove(home(), exact.id)]);
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await checkAddress(controlDb(), "console", "203.0.113.5");
});

test("the same network under another spelling is the same rule", async () => {
  await add(home(), { network: "2001:0DB8::/32", action: "deny", area: "both" });
  await expect(add(home(), { network: "2001:db8:0::/32", action: "deny", area: "both" })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(
    addIpRuleContract.input.safeParse({ network: "10.0.0.5/8", action: "deny", area: "both" }).error?.issues[0]
      ?.message,
  ).toMatch(/10\.0\.0\.0\/8/);
});

test("a rule is changed, unless that would lock its author out, or it would be another rule's twin", async () => {
  const edit = (id: string, input: object) =>
    controlDb().$transaction((db) => editIpRule.run({ ...home(), db }, { id, ...input }));
  const allowed = await add(home(), { network: "203.0.113.0/24", action: "allow", area: "console" });
  const other = await add(home(), { network: "198.51.100.0/24", action: "allow", area: "console" });
  expect(await edit(other.id, { note: "the office", area: "api" })).toEqual({
    ...other,
    note: "the office",
    area: "api",
  });
  for (const wrong of [{ action: "deny" }, { network: "192.0.2.0/24" }])
    await expect(edit(allowed.id, wrong)).rejects.toMatchObject({
      fields: { network: expect.stringContaining("keep") },
    });
  await expect(edit(other.id, { network: "203.0.113.0/24", area: "console" })).rejects.toMatchObject({
    ...{ code: "conflict", fields: { network: expect.stringContaining("another rule") } },
  });
  expect(await controlDb().ipRule.findUnique({ where: { id: allowed.id } })).toMatchObject({ action: "allow" });
});
