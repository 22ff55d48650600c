import { z } from "zod";
import { Prisma } from "@/lib/platform/prisma";
import { restore } from "@/lib/tenants/grace";
import { quick, registryAction } from "../action";

export const restoreAction = registryAction({
  name: "restore",
  title: "Restore",
  summary: "Restore deleted tenants within their time of grace, with the status that each had.",
  group: "removal",
  danger: "none",
  permission: "tenants:delete",
  input: z.object({}),
  words: () => "Restore",
  preview: () => ({
    leaveOut: Prisma.sql`CASE t.status::text WHEN 'deleted' THEN NULL
      WHEN 'deleting' THEN 'It is being purged: there is no way back.' ELSE 'It is not deleted.' END`,
  }),
  defaults: quick,
  run: async (ctx, tenant) => {
    if (tenant.status !== "deleted") return { status: "skipped", words: `It is ${tenant.status}, not deleted.` };
    const { status } = await restore(ctx, tenant);
    return { status: "done", words: `deleted → ${status}` };
  },
});
