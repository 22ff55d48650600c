import { operation } from "@/lib/gate/operation";
import { listSessionsContract } from "./contract-account";
import { personOf } from "./person";
import { readSessions } from "./session-rows";

export const listSessions = operation(
  listSessionsContract,
  async (ctx, page) => await readSessions(ctx, { list: "sessions.list", userId: personOf(ctx).id, ...page }),
);
