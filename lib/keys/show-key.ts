import { operation } from "@/lib/gate/operation";
import { showKeyContract } from "./contract";
import { findKey } from "./find-key";
import { keyView } from "./view";

export const showKey = operation(showKeyContract, async (ctx, { id }) => {
  return keyView(await findKey(ctx.db, id), ctx.now());
});
