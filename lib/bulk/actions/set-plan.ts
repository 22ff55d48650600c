import { z } from "zod";
import { plans } from "@/lib/kernel/naming";
import { Prisma } from "@/lib/platform/prisma";
import { changeFields } from "@/lib/tenants/edit-tenant";
import { quick, registryAction } from "../action";
import { going, outOfReach } from "../left-out";

const input = z.object({ plan: z.enum(plans, "Choose one of the plans.").meta({ title: "Plan" }) });
const savedShape = z.object({ before: z.string(), left: z.string() });

export const setPlan = registryAction({
  name: "set-plan",
  title: "Set plan",
  summary: "Set the plan of tenants.",
  group: "settings",
  danger: "none",
  permission: "tenants:update",
  input,
  words: ({ plan }) => `Set the plan to ${plan}`,
  preview: ({ plan }, scope) => ({
    leaveOut: Prisma.sql`CASE WHEN t.plan = ${plan}::text THEN 'It has this plan already.'
      WHEN ${scope.kind === "plan" && !scope.values.includes(plan)} THEN ${outOfReach} ELSE ${going} END`,
  }),
  defaults: quick,
  run: async (ctx, tenant, { plan }) => {
    if (tenant.plan === plan) return { status: "skipped", words: "It has this plan already." };
    await changeFields(ctx, tenant, { plan });
    return { status: "done", words: `${tenant.plan} → ${plan}`, saved: { before: tenant.plan, left: plan } };
  },
  undo: {
    words: ({ plan }) => `Undo: set the plan to ${plan}`,
    run: async (ctx, tenant, saved) => {
      const { before, left } = savedShape.parse(saved);
      if (tenant.plan !== left)
        return { status: "skipped", words: `Its plan is ${tenant.plan} now: somebody changed it since.` };
      await changeFields(ctx, tenant, { plan: before });
      return { status: "done", words: `${left} → ${before}` };
    },
  },
});
