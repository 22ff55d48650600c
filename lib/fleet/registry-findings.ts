import { folderOrProblem, stateConditions } from "@/lib/drift/states";
import { staleSeconds } from "@/lib/kernel/metrics";
import { env } from "@/lib/platform/env";
import { unseal } from "@/lib/platform/keyring";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { contexts } from "@/lib/platform/sealed-columns";
import { stuckRuns } from "@/lib/system/work-parts";
import type { Finding } from "./contract";
import { found, ofTenant } from "./found";
import type { RegisteredTenant } from "./registered";
import type { RuleName } from "./rules";

/** What the registry is asked with: the time, and which server's tenants; undefined: all. */
export type RegistryQuestion = { db: Db; now: Date; server: string | undefined };

type TenantRow = { id: string; name: string; serverId: string; serverName: string; words: string };

const minuteMs = 60_000;

/** Everything that the control database alone tells to be wrong. */
export async function registryFindings(asking: RegistryQuestion): Promise<Finding[]> {
  return [
    ...(await steps(asking)),
    ...(await schemas(asking)),
    ...(await domains(asking)),
    ...(await figures(asking)),
    ...(asking.server === undefined ? await work(asking) : []),
  ];
}

const about = (rule: RuleName, { id, name, serverId, serverName, words }: TenantRow): Finding =>
  found(rule, ofTenant({ id, name }), { id: serverId, name: serverName }, words);

const place = Prisma.sql`t.id::text AS id, t.name, server.id::text AS "serverId", server.name AS "serverName"`;

const onServer = (server: string | undefined): Prisma.Sql =>
  server === undefined
    ? Prisma.sql`t.deleted_at IS NULL`
    : Prisma.sql`t.deleted_at IS NULL AND t.server_id = ${server}::uuid`;

/** A saga that goes on moves each few seconds: its steps' times are told from when they began or ended. */
async function steps({ db, now, server }: RegistryQuestion): Promise<Finding[]> {
  const failed = await db.$queryRaw<TenantRow[]>`
    SELECT ${place}, 'The step ' || s.name || ' failed: ' || coalesce(s.error, 'nobody knows why') AS words
      FROM tenant_steps s JOIN tenants t ON t.id = s.tenant_id JOIN servers server ON server.id = t.server_id
     WHERE s.status = 'failed' AND t.status IN ('provisioning', 'failed', 'deleting') AND ${onServer(server)}`;
  const since = new Date(now.getTime() - 5 * minuteMs);
  const stuck = await db.$queryRaw<TenantRow[]>`
    SELECT ${place}, 'It is ' || t.status || ', and no step moved for five minutes.' AS words
      FROM tenants t JOIN servers server ON server.id = t.server_id
     WHERE t.status IN ('provisioning', 'deleting') AND t.updated_at < ${since} AND ${onServer(server)}
       AND NOT EXISTS (SELECT FROM tenant_steps s WHERE s.tenant_id = t.id
                        AND (s.status = 'failed' OR greatest(s.started_at, s.finished_at) >= ${since}))`;
  return [...failed.map((row) => about("step-failed", row)), ...stuck.map((row) => about("step-stuck", row))];
}

async function schemas({ db, server }: RegistryQuestion): Promise<Finding[]> {
  const { migrations, problem } = folderOrProblem();
  if (problem !== null) {
    const name = env().TENANT_MIGRATIONS;
    return [found("schema-folder", { kind: "folder", id: "migrations", name }, null, problem)];
  }
  const is = stateConditions(migrations);
  const rows = await db.$queryRaw<(TenantRow & { state: "failed" | "drifted" | "behind" })[]>`
    SELECT ${place}, CASE WHEN ${is.failed} THEN 'failed' WHEN ${is.drifted} THEN 'drifted' ELSE 'behind' END AS state,
           CASE WHEN ${is.failed} THEN 'Its newest migration failed: ' || left(s.error, 300)
                WHEN ${is.drifted} THEN 'Its schema differs in ' || jsonb_array_length(s.differences) || ' things.'
                ELSE 'It is at ' || coalesce(nullif(s.version, ''), 'no migration') || '.' END AS words
      FROM tenants t JOIN tenant_schemas s ON s.tenant_id = t.id JOIN servers server ON server.id = t.server_id
     WHERE (${is.failed} OR ${is.drifted} OR ${is.behind}) AND ${onServer(server)}
       AND t.status IN ('active', 'inactive', 'suspended', 'blocked')`;
  return rows.map((row) => about(`schema-${row.state}`, row));
}

async function domains({ db, now, server }: RegistryQuestion): Promise<Finding[]> {
  const before = new Date(now.getTime() - 3 * 1440 * minuteMs);
  const rows = await db.$queryRaw<(TenantRow & { domain: string })[]>`
    SELECT ${place}, domain.id::text || ' ' || domain.hostname AS domain,
           domain.hostname || ' was claimed and not proven: ' || coalesce(domain.check_error, 'DNS was not asked') AS words
      FROM domains domain JOIN tenants t ON t.id = domain.tenant_id JOIN servers server ON server.id = t.server_id
     WHERE domain.verified_at IS NULL AND domain.created_at < ${before} AND ${onServer(server)}`;
  return rows.map(({ domain, serverId, serverName, words }) => {
    const [id = "", name = ""] = domain.split(" ");
    return found("domain-unproven", { kind: "domain", id, name }, { id: serverId, name: serverName }, words);
  });
}

/** A tenant's values are written again each minute, whatever they are; those of a server that is away are not missed here. */
async function figures({ db, now, server }: RegistryQuestion): Promise<Finding[]> {
  const since = new Date(now.getTime() - 10 * minuteMs);
  const measured = new Date(now.getTime() - staleSeconds * 1000);
  const rows = await db.$queryRaw<TenantRow[]>`
    SELECT ${place}, 'Nothing was measured of it for ten minutes.' AS words
      FROM tenants t JOIN servers server ON server.id = t.server_id
     WHERE t.status IN ('active', 'inactive') AND t.created_at < ${since} AND t.updated_at < ${since}
       AND server.last_tick_at >= ${measured} AND server.last_error IS NULL
       AND EXISTS (SELECT FROM server_ticks tick WHERE tick.server_id = server.id
                    AND tick.at BETWEEN ${since} AND ${new Date(since.getTime() + 2 * minuteMs)})
       AND NOT EXISTS (SELECT FROM tenant_usage_logs log WHERE log.tenant_id = t.id AND log.recorded_at >= ${since})
       AND ${onServer(server)}`;
  return rows.map((row) => about("figures-missing", row));
}

/** Bulk runs that hang, and items that dead workers hold. */
async function work({ db }: RegistryQuestion): Promise<Finding[]> {
  const dead = await db.$queryRaw<{ id: string; action: string; items: number }[]>`
    SELECT r.id::text AS id, r.action, count(*)::int AS items
      FROM bulk_items i JOIN bulk_runs r ON r.id = i.run_id
     WHERE i.status = 'running' AND i.lease_until < clock_timestamp() - interval '30 seconds' GROUP BY r.id`;
  const stuck = await stuckRuns(db);
  return [
    ...dead.map(({ id, action, items }) =>
      found("lease-dead", { kind: "run", id, name: action }, null, `${items} of its items are held by dead workers.`),
    ),
    ...stuck.map(({ id, action, since }) =>
      found("run-stuck", { kind: "run", id, name: action }, null, `Nothing of it moved since ${since.toISOString()}.`),
    ),
  ];
}

/** Secrets of tenants and servers that no key opens, or that were altered. Tenants without one are left out. */
export async function secretFindings(
  tenants: readonly RegisteredTenant[],
  servers: readonly { id: string; name: string; adminSecret: string | null }[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const names = new Map(servers.map(({ id, name }) => [id, { id, name }]));
  for (const { id, name, adminSecret } of servers) {
    const why = adminSecret === null ? null : await reason(adminSecret, contexts.server(id));
    if (why !== null)
      findings.push(
        found(
          "secret-unreadable",
          { kind: "server", id, name },
          { id, name },
          `The administrator's password does not open: ${why}`,
        ),
      );
  }
  for (const { id, name, serverId, secret } of tenants) {
    const why = secret === "" ? null : await reason(secret, contexts.tenant(id));
    if (why !== null)
      findings.push(
        found(
          "secret-unreadable",
          ofTenant({ id, name }),
          names.get(serverId) ?? null,
          `Its password does not open: ${why}`,
        ),
      );
  }
  return findings;
}

async function reason(sealed: string, context: string): Promise<string | null> {
  try {
    await unseal(sealed, context);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
