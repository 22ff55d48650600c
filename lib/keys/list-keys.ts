import { operation } from "@/lib/gate/operation";
import { listKeysContract } from "./contract";
import { keyView } from "./view";

export const listKeys = operation(listKeysContract, async (ctx) => {
  const rows = await ctx.db.apiKey.findMany({
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
  });
  return { keys: rows.map((row) => keyView(row, ctx.now())) };
});
