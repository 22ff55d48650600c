import { generateAuthenticationOptions } from "@simplewebauthn/server";
import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { newChallenge } from "./challenge";
import { passkeyChallengeContract } from "./contract";
import { purposes } from "./passkeys";
import { personOf } from "./person";
import { relyingParty } from "./relying-party";

export const showPasskeyChallenge = operation(passkeyChallengeContract, async (ctx, { digest }) => {
  const asked = digest === undefined ? { purpose: purposes.signIn } : await stepUp(ctx, digest);
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: newChallenge(asked.purpose, ctx.now()),
    timeout: 120_000,
    userVerification: "preferred",
    ...("passkeys" in asked && { allowCredentials: asked.passkeys }),
  });
  return { options: { ...options } };
});

/** Only for a step-up are the passkeys named: at sign-in, that would tell a stranger who has some. */
async function stepUp(ctx: Ctx, digest: string) {
  const { id } = personOf(ctx);
  const rows = await ctx.db.passkey.findMany({ where: { userId: id } });
  const passkeys = rows.map(({ credentialId, transports }) => ({ id: credentialId, transports }));
  return { purpose: purposes.stepUp(id, digest), passkeys };
}
