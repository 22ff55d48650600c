import { z } from "zod";
import type { Permission } from "@/lib/kernel/permissions";
import { Prisma } from "@/lib/platform/prisma";
import { changeStatus } from "@/lib/tenants/change-status";
import type { SettableStatus } from "@/lib/tenants/shapes";
import { type Outcome, quick, type RegistryAction, registryAction, type Totals } from "./action";
import { unsettled } from "./left-out";

const input = z.object({
  reason: z
    .string()
    .trim()
    .max(500, "Use at most 500 characters.")
    .default("")
    .meta({ title: "Reason", description: "shown with the status" }),
});

const standing = z.object({ status: z.enum(["active", "inactive", "suspended", "blocked"]), reason: z.string() });
const savedShape = z.object({ before: standing, left: standing });

type StatusAction = Pick<RegistryAction, "name" | "title" | "summary" | "danger"> & {
  to: SettableStatus;
  warnings?: Prisma.Sql[];
  radius?: RegistryAction["radius"];
};

/** An action that brings tenants to one status, as `PUT …/status` does for one. */
export function statusAction({ to, warnings = [], radius, ...told }: StatusAction): RegistryAction {
  const already = `It is ${to} already.`;
  return registryAction({
    ...told,
    group: "status",
    permission: "tenants:status" satisfies Permission,
    input,
    words: () => told.title,
    preview: () => ({
      leaveOut: Prisma.sql`CASE WHEN t.status::text = ${to}::text THEN ${already}::text ELSE ${unsettled} END`,
      warnings,
    }),
    ...(radius && { radius }),
    defaults: quick,
    run: async (ctx, tenant, { reason }): Promise<Outcome> => {
      if (tenant.status === to) return { status: "skipped", words: already };
      const after = await changeStatus(ctx, tenant, to, reason);
      const saved = { before: standingOf(tenant), left: standingOf(after) };
      return { status: "done", words: `${tenant.status} → ${to}`, saved };
    },
    undo: {
      words: () => `Undo: ${told.title.toLowerCase()}`,
      run: async (ctx, tenant, kept) => {
        const { before, left } = savedShape.parse(kept);
        const now = standingOf(tenant);
        if (now.status !== left.status || now.reason !== left.reason)
          return { status: "skipped", words: `It is ${now.status} now: somebody changed its status since.` };
        await changeStatus(ctx, tenant, before.status, before.reason);
        return { status: "done", words: `${left.status} → ${before.status}` };
      },
    },
  });
}

function standingOf({ status, statusReason }: { status: string; statusReason: string | null }) {
  return { status, reason: statusReason ?? "" };
}

/** What a plan says of sessions that will end. */
export function connectionsEnd(_: unknown, { connections }: Totals): string[] {
  if (!connections) return [];
  return [
    connections === 1 ? "One connection that is open now ends." : `${connections} connections that are open now end.`,
  ];
}
