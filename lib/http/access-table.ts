import { refuse } from "@/lib/gate/access";
import type { Actor, UserActor } from "@/lib/gate/context";
import type { Contract } from "@/lib/kernel/contract";
import { type BuiltInRole, builtInRoleNames, builtInRoles } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";

const id = "00000000-0000-7000-8000-000000000001";
const someTenants: Scope = { kind: "tag", values: ["some"] };

function person(role: BuiltInRole, scope: Scope = everything, secondFactor = true): UserActor {
  const { permissions } = builtInRoles[role];
  const who = { id, name: role, email: `${role}@example.com`, role, sessionId: id, secondFactor };
  return { kind: "user", ...who, permissions, scope };
}

/** The columns of the table: everybody who could ask. */
export const askers: Record<string, Actor> = {
  ...Object.fromEntries(builtInRoleNames.map((role) => [role, person(role)])),
  "scoped owner": person("owner", someTenants),
  "owner's key": { kind: "key", id, name: "all", prefix: "all", rateLimit: null, ...rightsOf("owner", everything) },
  "scoped key": { kind: "key", id, name: "some", prefix: "some", rateLimit: null, ...rightsOf("owner", someTenants) },
  "password only": person("owner", everything, false),
  nobody: { kind: "nobody" },
};

function rightsOf(role: BuiltInRole, scope: Scope) {
  return { permissions: builtInRoles[role].permissions, scope };
}

/** What a cell says: let in, or the code of the refusal. */
export type Verdict = "yes" | "401" | "403";

/** What the rules say of an asker and an operation. */
export function verdict(contract: Contract, asker: Actor): Verdict {
  const code = refuse(contract, asker)?.code;
  return code === undefined ? "yes" : code === "unauthenticated" ? "401" : "403";
}

const names = Object.keys(askers);

/** The table of docs/access.md: every operation by everybody who could ask. */
export function accessTable(contracts: readonly Contract[]): string {
  const rows = contracts.map((one) => {
    const cells = names.map((name) => verdict(one, askers[name] ?? { kind: "nobody" }));
    const marks = one.stepUp ? ` · step-up${one.stepUp === true ? "" : " of people"}` : "";
    return [`\`${one.method} ${one.path}\``, one.id, `${one.access}${marks}`, ...cells];
  });
  const head = ["request", "operation", "needs", ...names];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Reads the table back: operation to asker to verdict. */
export function readAccessTable(text: string): Map<string, Map<string, string>> {
  const rows = text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.slice(2, -2).split(" | "));
  const head = rows[0] ?? [];
  return new Map(
    rows
      .slice(2)
      .map((cells) => [cells[1] ?? "", new Map(cells.slice(3).map((cell, index) => [head[index + 3] ?? "", cell]))]),
  );
}
