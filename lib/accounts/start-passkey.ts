import { generateRegistrationOptions } from "@simplewebauthn/server";
import { operation } from "@/lib/gate/operation";
import { newChallenge } from "./challenge";
import { startPasskeyContract } from "./contract-account";
import { purposes } from "./passkeys";
import { personOf } from "./person";
import { relyingParty } from "./relying-party";

export const startPasskey = operation(startPasskeyContract, async (ctx) => {
  const { id, email, name, sessionId } = personOf(ctx);
  ctx.note.target = id;
  const rows = await ctx.db.passkey.findMany({ where: { userId: id } });
  const options = await generateRegistrationOptions({
    rpName: "Tenantry",
    rpID: relyingParty().id,
    userID: new Uint8Array(Buffer.from(id.replaceAll("-", ""), "hex")),
    userName: email,
    userDisplayName: name,
    challenge: newChallenge(purposes.add(sessionId), ctx.now()),
    timeout: 120_000,
    attestationType: "none",
    excludeCredentials: rows.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
  });
  return { options: { ...options } };
});
