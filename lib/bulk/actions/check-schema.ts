import { z } from "zod";
import { checkTenant } from "@/lib/drift/check";
import { Prisma } from "@/lib/platform/prisma";
import { serverAction, usual } from "../action";
import { asTenant } from "../item-connection";
import { notMigrated } from "./schema-fields";

export const checkSchema = serverAction({
  name: "check-schema",
  title: "Check the schema",
  summary: "Compare the structure of tenants' databases with what their migrations make.",
  group: "maintenance",
  danger: "none",
  permission: "databases:maintain",
  input: z.object({}),
  words: () => "Check the schema",
  preview: () => ({
    leaveOut: notMigrated,
    warnings: [Prisma.sql`CASE WHEN s.error IS NOT NULL THEN 'Its last migration failed' END`],
  }),
  defaults: { ...usual, canary: null },
  activity: "schema_checked",
  run: async (work) => {
    const open = async <T>(use: Parameters<typeof asTenant<T>>[1]) => await asTenant(work, use);
    const { drifted, differences, version } = await checkTenant(work.server, work.tenant.id, open, work.now());
    if (drifted === null) return { status: "done", words: `It is at ${version}, which the folder does not have.` };
    if (!drifted) return { status: "done", words: "It is as its migrations make it." };
    const first = differences.slice(0, 3).map(({ difference, kind, name }) => `${difference} ${kind} ${name}`);
    const more = differences.length > first.length ? ` and ${differences.length - first.length} more` : "";
    return {
      status: "done",
      words: `It differs: ${first.join(", ")}${more}.`,
      result: { differences: differences.length },
    };
  },
});
