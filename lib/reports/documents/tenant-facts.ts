import { showTenantHistory } from "@/lib/analytics/show-tenant-history";
import { listSignIns } from "@/lib/analytics/sign-ins";
import { listTenantRuns } from "@/lib/bulk/list-tenant-runs";
import type { RunView } from "@/lib/bulk/shapes";
import { forecast } from "@/lib/forecast/forecast";
import { showTenant } from "@/lib/tenants/show-tenant";
import type { Asking, Time } from "./asked";
import { isWithin } from "./fleet-facts";

/** All that a tenant's report tells; undefined is what the asker's rights do not cover. */
export type TenantFacts = Awaited<ReturnType<typeof tenantFacts>>;

/** In how many parts the facts are asked for. */
export const tenantParts = 5;

/** Asks all that a tenant's report tells. Throws `not_found` for a tenant that is unknown or out of the asker's reach. */
export async function tenantFacts(asking: Asking, time: Time, id: string) {
  const part = async <T>(answer: Promise<T>): Promise<T> => {
    const given = await answer;
    asking.step();
    return given;
  };
  return {
    history: await part(asking.ask(showTenantHistory, { id, ...time }, "figures of use")),
    tenant: await part(asking.ask(showTenant, { id }, "the tenant's settings and domains")),
    signIns: await part(asking.ask(listSignIns, { tenant: id, ...time }, "sign-ins and events")),
    runs: await part(runsOf(asking, time, id)),
    outlooks: await part(outlooksOf(asking, id)),
  };
}

async function outlooksOf(asking: Asking, tenant: string) {
  const storage = await asking.ask(forecast, { tenant, metric: "storage" }, "the outlook");
  const connections = await asking.ask(forecast, { tenant, metric: "connections" }, "the outlook");
  return [...(storage?.outlooks ?? []), ...(connections?.outlooks ?? [])];
}

const mostRuns = 200;

async function runsOf(asking: Asking, { from, to }: Time, id: string): Promise<RunView[] | undefined> {
  const page = await asking.ask(listTenantRuns, { id, limit: mostRuns }, "bulk runs");
  return page?.runs.filter((run) => isWithin(run, from, to));
}
