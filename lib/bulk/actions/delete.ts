import { z } from "zod";
import { Prisma } from "@/lib/platform/prisma";
import { deleteTenant, graceDays, restore } from "@/lib/tenants/grace";
import { calendarDay } from "@/lib/tenants/rules";
import { quick, registryAction } from "../action";
import { endsConnections } from "../left-out";
import { connectionsEnd } from "../status-action";

const savedShape = z.object({ purgeAfter: z.iso.datetime() });

export const deleteAction = registryAction({
  name: "delete",
  title: "Delete",
  summary: "Delete tenants: they are shut out now, and can be restored until their time of grace is over.",
  group: "removal",
  danger: "destructive",
  permission: "tenants:delete",
  input: z.object({}),
  words: () => "Delete",
  preview: () => ({
    leaveOut: Prisma.sql`CASE t.status::text WHEN 'deleted' THEN 'It is deleted already.'
      WHEN 'deleting' THEN 'It is being deleted already.'
      WHEN 'provisioning' THEN 'It is still being made. Delete it once its steps have finished or failed.' END`,
    warnings: [
      endsConnections,
      Prisma.sql`CASE WHEN t.status = 'failed' THEN 'Its set-up failed: it goes at once and can''t be restored' END`,
      Prisma.sql`CASE WHEN t.adopted THEN 'Its database was adopted and stays where it is' END`,
    ],
  }),
  radius: (input, totals) => [
    ...connectionsEnd(input, totals),
    "All their hosts answer that the account was closed, and PostgreSQL keeps their roles out.",
    `They can be restored for ${days(graceDays())}; then their databases and roles are dropped for good.`,
  ],
  defaults: quick,
  run: async (ctx, tenant) => {
    if (tenant.status === "deleted") return { status: "skipped", words: "It is deleted already." };
    const { purgeAfter } = await deleteTenant(ctx, tenant);
    if (!purgeAfter) return { status: "done", words: "Its set-up had failed: it goes at once" };
    const saved = { purgeAfter: purgeAfter.toISOString() };
    return { status: "done", words: `${tenant.status} → deleted, until ${calendarDay(purgeAfter)}`, saved };
  },
  undo: {
    words: () => "Undo: delete",
    run: async (ctx, tenant, saved) => {
      if (tenant.status !== "deleted") return { status: "skipped", words: `It is ${tenant.status}, not deleted.` };
      if (tenant.purgeAfter?.toISOString() !== savedShape.parse(saved).purgeAfter)
        return { status: "skipped", words: "Somebody restored and deleted it again since." };
      const { status } = await restore(ctx, tenant);
      return { status: "done", words: `deleted → ${status}` };
    },
  },
});

function days(count: number): string {
  return count === 1 ? "one day" : `${count} days`;
}
