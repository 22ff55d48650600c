import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { withAdmin } from "@/lib/platform/postgres";
import { type ServerRow, serverAccess } from "./access";
import { checkServerContract, type ServerCheck } from "./contract";
import { findServer } from "./find-server";
import { look, rounded } from "./look";
import { inSlot } from "./slots";

export const checkServer = operation(checkServerContract, async (ctx, { id }) => {
  const server = await findServer(ctx.db, id);
  const found = await inSlot(() => ask(server));
  const systemId = found.systemId ?? server.systemId;
  if (found.reachable)
    await ctx.db.server.update({ where: { id }, data: { version: found.version ?? server.version, systemId } });
  const others = await ctx.db.server.findMany({
    where: { removedAt: null, id: { not: id } },
    select: { id: true, name: true, systemId: true },
    orderBy: { name: "asc" },
  });
  const same = others.filter((other) => systemId !== null && other.systemId === systemId);
  ctx.note.target = id;
  return {
    ...found,
    sameAs: same.map(({ id, name }) => ({ id, name })),
    notCompared: systemId === null ? others.length : others.filter((other) => other.systemId === null).length,
    checkedAt: ctx.now().toISOString(),
  };
});

type Found = Omit<ServerCheck, "sameAs" | "notCompared" | "checkedAt">;

const nothing = {
  connectMs: null,
  latencyMs: null,
  version: null,
  standby: null,
  tls: null,
  rights: [],
  extensions: [],
  systemId: null,
};

/** What a server answers, or why it can't be asked: that is what the check is for, and no failure of it. */
async function ask(server: ServerRow): Promise<Found> {
  try {
    const access = await serverAccess(server);
    const began = performance.now();
    return await withAdmin(access, async (admin) => {
      const connectMs = rounded(performance.now() - began);
      return { reachable: true, error: null, connectMs, ...(await look(admin)) };
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
    return { reachable: false, error: error.message, ...nothing };
  }
}
