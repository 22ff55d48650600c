import { operation } from "@/lib/gate/operation";
import { auditSignerContract } from "./contract";
import { auditPublicKey } from "./signer";

export const showSigner = operation(auditSignerContract, async (ctx) => await auditPublicKey(ctx.db));
