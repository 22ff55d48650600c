import { z } from "zod";
import { finishMaintenance, putMaintenance, readMaintenance } from "@/lib/maintenance/change";
import { keptMaintenance, restored, stored } from "@/lib/maintenance/kept";
import { Prisma } from "@/lib/platform/prisma";
import { quick, registryAction } from "../action";
import { going } from "../left-out";

const savedShape = z.object({ before: keptMaintenance });

export const endMaintenanceAction = registryAction({
  name: "end-maintenance",
  title: "End maintenance",
  summary: "End tenants' maintenance: their apps serve everybody again.",
  group: "status",
  danger: "none",
  permission: "tenants:maintain",
  input: z.object({}),
  words: () => "End maintenance",
  preview: () => ({
    leaveOut: Prisma.sql`COALESCE(${going}, CASE WHEN NOT EXISTS (
      SELECT 1 FROM tenant_maintenance m WHERE m.tenant_id = t.id AND (m.until IS NULL OR m.until > now()))
      THEN ${noneThere}::text END)`,
  }),
  defaults: quick,
  run: async (ctx, tenant) => {
    const row = await readMaintenance(ctx, tenant.id);
    if (!row) return { status: "skipped", words: noneThere };
    await finishMaintenance(ctx, row, "Maintenance ended");
    return { status: "done", words: "Its maintenance ended.", saved: { before: stored(row) } };
  },
  undo: {
    words: () => "Undo: end maintenance",
    run: async (ctx, tenant, kept) => {
      const before = restored(savedShape.parse(kept).before, ctx.now());
      if (!before) return { status: "skipped", words: "Its maintenance would be over by now." };
      if (await readMaintenance(ctx, tenant.id)) return { status: "skipped", words: "It is in maintenance again." };
      await putMaintenance(ctx, tenant.id, null, before);
      return { status: "done", words: "It is in maintenance as before." };
    },
  },
});

const noneThere = "It is not in maintenance.";
