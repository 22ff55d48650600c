import { operation } from "@/lib/gate/operation";
import { renewRecoveryCodesContract } from "./contract-account";
import { personOf } from "./person";
import { renewCodes } from "./recovery-codes";

export const renewRecoveryCodes = operation(renewRecoveryCodesContract, async (ctx) => {
  const { id } = personOf(ctx);
  ctx.note.target = id;
  return { recoveryCodes: await renewCodes(ctx.db, id, ctx.now()) };
});
