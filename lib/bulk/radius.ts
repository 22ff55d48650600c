import { scopeSql } from "@/lib/gate/visible";
import type { Scope } from "@/lib/kernel/scope";
import { type Db, Prisma } from "@/lib/platform/prisma";
import type { Totals } from "./action";
import type { SettledOptions } from "./shapes";

/** What is known of a plan once its items are written. */
export type Reach = Totals & {
  /** Tenants within the planner's scope, chosen or not. */
  within: number;
  servers: number;
  leftOut: number;
  canary: number;
};

/** Counts what a plan's items will touch. */
export async function readReach(db: Db, runId: string, scope: Scope): Promise<Reach> {
  const [touched] = await db.$queryRaw<Omit<Reach, "within">[]>`
    SELECT count(*) FILTER (WHERE i.status = 'pending')::int AS tenants,
           count(*) FILTER (WHERE i.status = 'skipped')::int AS "leftOut",
           count(*) FILTER (WHERE i.wave = 0)::int AS canary,
           count(DISTINCT i.server_id) FILTER (WHERE i.status = 'pending')::int AS servers,
           sum(u.connections) FILTER (WHERE i.status = 'pending') AS connections,
           sum(u.requests) FILTER (WHERE i.status = 'pending') AS requests,
           sum(u.storage) FILTER (WHERE i.status = 'pending') AS storage
      FROM bulk_items i LEFT JOIN tenant_usage_latest u ON u.tenant_id = i.tenant_id
     WHERE i.run_id = ${runId}::uuid`;
  const [all] = await db.$queryRaw<{ n: number }[]>(
    Prisma.sql`SELECT count(*)::int AS n FROM tenants t WHERE t.deleted_at IS NULL AND ${scopeSql(scope)}`,
  );
  const none = { tenants: 0, leftOut: 0, canary: 0, servers: 0, connections: null, requests: null, storage: null };
  return { ...none, ...touched, within: all?.n ?? 0 };
}

/** The blast radius in sentences, what the action itself has to say last. */
export function radiusWords(reach: Reach, options: SettledOptions, own: string[]): string[] {
  const { tenants, within, servers, leftOut } = reach;
  const where = servers === 1 ? "on one server" : `on ${amount(servers)} servers`;
  return [
    `${among(tenants, within)}, ${where}.`,
    ...(leftOut > 0 ? [`${amount(leftOut)} more ${leftOut === 1 ? "is" : "are"} left out, as the list says why.`] : []),
    traffic(reach),
    canaryWords(reach, options),
    `At most ${amount(options.concurrency)} ${options.concurrency === 1 ? "is" : "are"} done at the same time on each server.`,
    ...own,
  ];
}

function among(tenants: number, within: number): string {
  if (tenants === within)
    return within === 1 ? "The one tenant within reach" : `All ${amount(within)} tenants within reach`;
  return `${amount(tenants)} of the ${amount(within)} tenants within reach (${percent(tenants, within)})`;
}

function traffic({ requests, connections }: Reach): string {
  if (requests === null && connections === null) return "How much they are used now is not known.";
  const load = requests === null ? "an unknown number of requests" : `${amount(requests)} requests a second`;
  const open = connections === null ? "an unknown number of connections" : `${amount(connections)} open connections`;
  return `They have ${load} and ${open} now.`;
}

function canaryWords({ canary, tenants }: Reach, options: SettledOptions): string {
  if (canary === 0) return "There is no canary.";
  if (canary === tenants) return "The canary is all of them.";
  const chosen = tagOf(options) ?? "chosen by chance";
  const then = options.pauseAfterCanary ? "then the run waits for a person" : "the rest follows if they go well";
  return `The canary is ${canary === 1 ? "one tenant" : `${amount(canary)} tenants`}, ${chosen}; ${then}.`;
}

function tagOf({ canary }: SettledOptions): string | undefined {
  return canary !== null && "tag" in canary ? `those tagged ${canary.tag}` : undefined;
}

/** A figure for people. */
function amount(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  if (share > 0 && share < 0.1) return "less than 0.1 %";
  return `${share.toLocaleString("en", { maximumFractionDigits: share < 10 ? 1 : 0 })} %`;
}
