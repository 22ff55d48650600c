import { z } from "zod";
import { Prisma } from "@/lib/platform/prisma";
import { endSessions } from "@/lib/tenants/sessions";
import { serverAction, usual } from "../action";
import { asAdmin } from "../item-connection";
import { endsConnections } from "../left-out";
import { noDatabase } from "../no-database";

const adopted = Prisma.sql`CASE WHEN t.adopted THEN 'Its database was adopted: others who work in it are cut off as well' END`;

const counted = (n: number) => `${n} ${n === 1 ? "connection" : "connections"}`;

export const terminateConnections = serverAction({
  name: "terminate-connections",
  title: "End connections",
  summary: "End every session in tenants' databases; whoever had one can connect again at once.",
  group: "maintenance",
  danger: "disruptive",
  permission: "databases:maintain",
  input: z.object({}),
  words: () => "End all connections",
  preview: () => ({ leaveOut: noDatabase, warnings: [endsConnections, adopted] }),
  radius: (_, { connections }) =>
    connections ? [`${counted(connections)} that were open when last measured end.`] : [],
  defaults: { ...usual, timeoutSeconds: 30 },
  activity: "connections_ended",
  run: async (work) => {
    const { ended, left } = await asAdmin(work, async (admin) => await endSessions(admin, work.tenant));
    const beside = left > 0 ? ` ${counted(left)} of superusers could not be ended.` : "";
    if (ended === 0) return { status: "skipped", words: `No connection was open that could be ended.${beside}` };
    return { status: "done", words: `Ended ${counted(ended)}.${beside}` };
  },
});
