import { z } from "zod";
import { AppError } from "@/lib/kernel/errors";
import { findLeaks, isolationRules } from "@/lib/tenants/isolation";
import { serverAction, usual } from "../action";
import { asAdmin } from "../item-connection";
import { noDatabase } from "../no-database";

export const checkIsolation = serverAction({
  name: "check-isolation",
  title: "Check isolation",
  summary: "Check that only tenants' own roles reach their databases; what is found fails the item.",
  group: "maintenance",
  danger: "none",
  permission: "databases:maintain",
  input: z.object({}),
  words: () => "Check isolation",
  preview: () => ({ leaveOut: noDatabase }),
  // It changes nothing: a leak in one tenant is a reason to look at all others, not to stop.
  defaults: { ...usual, canary: null, failureBudget: { percent: 100 }, timeoutSeconds: 30 },
  activity: "isolation_checked",
  run: async (work) => {
    const { tenant } = work;
    const leaks = await asAdmin(work, async (inside) => await findLeaks(inside, tenant), tenant.database);
    if (leaks.length > 0) throw new AppError("conflict", leaks.map(({ words }) => words).join(" "));
    return { status: "done", words: `Nothing was found: ${isolationRules.length} rules hold.` };
  },
});
