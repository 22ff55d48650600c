import { AppError } from "@/lib/kernel/errors";
import type { Operations } from "@/lib/sdk/generated";
import type { Cli } from "./command";
import { exitCodeOf, exits } from "./failure";

type Tenant = Operations["tenants.show"]["output"];
type Server = Operations["servers.list"]["output"]["servers"][number];

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The tenant with this slug or id. */
export async function tenantNamed(cli: Cli, name: string): Promise<Tenant> {
  const found = id.test(name) ? cli.send("tenants.show", { id: name }) : cli.send("tenants.bySlug", { slug: name });
  return await found.catch((cause: unknown) => {
    if (exitCodeOf(cause) !== exits.notFound) throw cause;
    const words = `There is no such tenant: ${name}. It may have been deleted. See: tenantry tenants list`;
    throw new AppError("not_found", words, { cause });
  });
}

/** The id of a run, which is all that names one. Throws for what can't be one. */
export function runId(name: string): string {
  if (id.test(name)) return name;
  throw new AppError("not_found", `"${name}" is no run: a run is named by its whole id. See: tenantry runs list`);
}

/** The server with this name or id. */
export async function serverNamed(cli: Cli, name: string): Promise<Server> {
  const { servers } = await cli.send("servers.list", {});
  const found = servers.find((one) => one.id === name || one.name === name);
  if (found) return found;
  const names = servers.map((one) => one.name).join(", ");
  throw new AppError("not_found", `There is no server ${name}. There are: ${names || "none"}.`);
}
