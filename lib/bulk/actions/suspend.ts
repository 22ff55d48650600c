import { z } from "zod";
import { Prisma } from "@/lib/platform/prisma";
import { changeStatus } from "@/lib/tenants/change-status";
import { quick, registryAction } from "../action";

const input = z.object({
  reason: z.string().trim().max(500).default("").meta({ title: "Reason", description: "shown with the status" }),
});

export const suspend = registryAction({
  name: "suspend",
  title: "Suspend",
  summary: "Suspend tenants: PostgreSQL keeps their roles out and ends their sessions.",
  group: "status",
  danger: "disruptive",
  permission: "tenants:status",
  input,
  words: () => "Suspend",
  preview: () => ({
    leaveOut: Prisma.sql`CASE WHEN t.status = 'suspended' THEN 'It is suspended already.'
      WHEN t.status NOT IN ('active', 'inactive', 'blocked') THEN 'It can''t be suspended: it is ' || t.status || '.' END`,
    warnings: [Prisma.sql`CASE WHEN u.connections > 0 THEN u.connections || ' connections are open and will end' END`],
  }),
  radius: (_, { connections }) => (connections ? [`${connections} connections that are open now end.`] : []),
  defaults: quick,
  run: async (ctx, tenant, { reason }) => {
    if (tenant.status === "suspended") return { status: "skipped", words: "It is suspended already." };
    const saved = { status: tenant.status, reason: tenant.statusReason ?? "" };
    await changeStatus(ctx, tenant, "suspended", reason);
    return { status: "done", words: `${tenant.status} → suspended`, saved };
  },
});
