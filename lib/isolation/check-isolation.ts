import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { inSlot } from "@/lib/servers/slots";
import { checkServer } from "./check-server";
import { checkIsolationContract } from "./contract";
import { isolationServers } from "./show-overview";

/** At most so many servers at a time: each takes a connection to the control database when it has answered. */
const atOnce = 3;

export const checkIsolation = operation(checkIsolationContract, async (ctx, { server }) => {
  const servers = await ctx.db.server.findMany({
    where: { removedAt: null, ...(server !== undefined && { id: server }) },
  });
  if (server !== undefined && servers.length === 0) throw new AppError("not_found", "There is no such server.");
  await inSlot(async () => {
    const waiting = [...servers];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await checkServer(next, ctx);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  });
  const views = await isolationServers(
    ctx.db,
    ctx.now(),
    servers.map(({ id }) => id),
  );
  const findings = views.reduce((sum, one) => sum + one.findings, 0);
  ctx.note.after = {
    servers: views.map((view) => ({ server: view.server.name, state: view.state, findings: view.findings })),
  };
  return { servers: views, findings };
});
