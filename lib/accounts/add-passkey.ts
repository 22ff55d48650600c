import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { addPasskeyContract } from "./contract-account";
import { passkeyRow } from "./passkey-row";
import { purposes, readNewPasskey } from "./passkeys";
import { personOf } from "./person";

const most = 20;

export const addPasskey = operation(addPasskeyContract, async (ctx, { name, response }) => {
  const { id: userId, sessionId } = personOf(ctx);
  // The challenge was given to this session after a step-up: no other proof is needed.
  const made = await readNewPasskey(ctx.db, purposes.add(sessionId), response, ctx.now());
  if (!made) throw new AppError("invalid", "The passkey could not be checked, or it took too long. Begin again.");
  const { id: credentialId, publicKey, counter, transports = [] } = made.credential;
  if (await ctx.db.passkey.findUnique({ where: { credentialId } }))
    throw new AppError("conflict", "This passkey is added already.");
  if ((await ctx.db.passkey.count({ where: { userId } })) >= most)
    throw new AppError("limit", `An account has at most ${most} passkeys. Remove one first.`);
  const row = await ctx.db.passkey.create({
    data: {
      ...{ id: newId(ctx.now()), userId, name, credentialId, transports, createdAt: ctx.now() },
      publicKey: new Uint8Array(publicKey),
      counter,
      backedUp: made.credentialBackedUp,
    },
  });
  return passkeyRow(row);
});
