import { holdsLimits, limitsOf } from "@/lib/tenants/limits";
import { locksDatabase } from "@/lib/tenants/rules";
import { mark } from "@/lib/tenants/steps";
import { holdsLimit } from "@/lib/tenants/visit";
import type { Finding } from "./contract";
import { found, ofTenant } from "./found";
import type { Marked, ServerLook, Standing } from "./look-at-server";
import type { RegisteredTenant } from "./registered";

type Server = { id: string; name: string };

/** Statuses in which a tenant's database and role have to be there. */
const settled: readonly string[] = ["active", "inactive", "suspended", "blocked", "deleted"];

/** What is wrong on one server with some of its tenants, and what there is of tenants that are gone. */
export function serverFindings(
  server: Server,
  look: ServerLook,
  tenants: readonly RegisteredTenant[],
  known: ReadonlySet<string>,
): Finding[] {
  const standing = new Map(look.standings.map((one) => [one.id, one]));
  const wrong = tenants.flatMap((tenant) => {
    const one = standing.get(tenant.id);
    return one && settled.includes(tenant.status) ? tenantFindings(server, tenant, one, look.visited) : [];
  });
  return [...wrong, ...look.marked.flatMap((one) => orphanFinding(server, one, known))];
}

function tenantFindings(server: Server, tenant: RegisteredTenant, one: Standing, visited: Set<string>): Finding[] {
  const { database, role, adopted } = tenant;
  const tell = (rule: Parameters<typeof found>[0], words: string) => found(rule, ofTenant(tenant), server, words);
  if (one.owner === null) return [tell("database-missing", `The database ${database} is not on ${server.name}.`)];
  if (one.login === null) return [tell("role-missing", `The role ${role} is not on ${server.name}.`)];
  if (one.mark !== mark(tenant.id)) return [tell("role-foreign", `The role ${role} does not bear this tenant's mark.`)];
  const owner =
    adopted || one.owner === role ? [] : [tell("wrong-owner", `The database ${database} belongs to ${one.owner}.`)];
  const doors = visited.has(tenant.id) ? [] : doorFindings(tenant, one, tell);
  const limits = { connections: one.connections ?? -1, config: one.config };
  const wanted = limitsOf(tenant.settings);
  const differ = holdsLimits(limits, wanted)
    ? []
    : [tell("limits-differ", limitWords(role, limits, wanted.connections))];
  return [...owner, ...doors, ...differ];
}

type Tell = (rule: Parameters<typeof found>[0], words: string) => Finding;

function doorFindings({ status, role, database, adopted }: RegisteredTenant, one: Standing, tell: Tell): Finding[] {
  const open = !locksDatabase(status);
  const wrongRole = one.login !== open;
  const wrongDatabase = !adopted && !holdsLimit(one.databaseLimit ?? -1, open);
  if (!wrongRole && !wrongDatabase) return [];
  const parts = [
    ...(wrongRole ? [`the role ${role} ${open ? "may not" : "may still"} sign in`] : []),
    ...(wrongDatabase ? [`the database ${database} has CONNECTION LIMIT ${one.databaseLimit}`] : []),
  ];
  return [tell(open ? "status-shut" : "status-open", `It is ${status}, but ${parts.join(", and ")}.`)];
}

function limitWords(role: string, held: { connections: number; config: string[] }, wanted: number | null): string {
  const number = (limit: number) => (limit === -1 ? "no limit" : `a limit of ${limit}`);
  if (held.connections !== (wanted ?? -1))
    return `The role ${role} has ${number(held.connections)} of connections; the registry says ${number(wanted ?? -1)}.`;
  return `The role ${role} has other session settings than the registry says: ${held.config.join(", ") || "none"}.`;
}

function orphanFinding(server: Server, { kind, name, mark: whose }: Marked, known: ReadonlySet<string>): Finding[] {
  if (known.has(whose)) return [];
  const rule = kind === "database" ? "database-orphan" : "role-orphan";
  const words = `The ${kind} ${name} on ${server.name} was made for a tenant that is no longer there.`;
  return [found(rule, { kind, id: name, name }, server, words)];
}
