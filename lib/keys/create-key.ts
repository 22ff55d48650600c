import { actorId, actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { newId } from "@/lib/kernel/ids";
import { createKeyContract } from "./contract";
import { checkGiven, endOf } from "./rights";
import { newKey } from "./secret";
import { keyView } from "./view";

export const createKey = operation(createKeyContract, async (ctx, { expiresInDays, ...input }) => {
  checkGiven(ctx, input);
  const { key, ...kept } = newKey();
  const id = newId(ctx.now());
  const expiresAt = endOf(ctx, expiresInDays);
  const by = { createdById: ctx.actor.kind === "user" ? actorId(ctx.actor) : null, createdBy: actorName(ctx.actor) };
  const row = await ctx.db.apiKey.create({ data: { id, ...kept, ...input, expiresAt, ...by, createdAt: ctx.now() } });
  const view = keyView(row, ctx.now());
  Object.assign(ctx.note, { target: id, after: view });
  return { key: view, secret: key };
});
