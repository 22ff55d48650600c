import type { Actor } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { askServers } from "@/lib/servers/ask-servers";
import { findTenant } from "@/lib/tenants/find";
import { tenantStatementsContract } from "./contract-statements";
import { type Statements, statementsOf } from "./statements-of";
import { patienceMs } from "./whole-servers";

const unknown: Statements = { running: null, idle: null, top: null, countedSince: null, missing: null };

export const showTenantStatements = operation(tenantStatementsContract, async (ctx, { id, limit }) => {
  const { serverId, database } = await findTenant(ctx, id);
  const server = await ctx.db.server.findUniqueOrThrow({ where: { id: serverId } });
  const constants = mayKnowConstants(ctx.actor);
  const question = { database, limit, constants };
  const [asked] = await askServers([server], (client) => statementsOf(client, question), patienceMs);
  const told: Statements = asked?.answer ?? unknown;
  return {
    server: { id: server.id, name: server.name },
    database,
    answered: asked?.error === null,
    error: asked?.error ?? null,
    ...told,
    at: ctx.now().toISOString(),
  };
});

/** Constants of running statements can be customers' data: for whoever may work on the databases. */
function mayKnowConstants(actor: Actor): boolean {
  return "permissions" in actor && actor.permissions.includes("databases:maintain");
}
