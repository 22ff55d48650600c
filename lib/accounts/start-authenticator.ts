import { operation } from "@/lib/gate/operation";
import { seal } from "@/lib/platform/keyring";
import { startAuthenticatorContract } from "./contract-account";
import { shownSecret } from "./new-authenticator";
import { personOf } from "./person";
import { newTotpSecret } from "./totp";

/** Milliseconds within which the new authenticator has to be proven. */
const pendingMs = 15 * 60_000;

/** To what a secret that is not proven yet is bound. It is kept by the browser, sealed. */
export const pendingContext = (userId: string): string => `totp-pending:${userId}`;

export const startAuthenticator = operation(startAuthenticatorContract, async (ctx) => {
  const { id, email } = personOf(ctx);
  const secret = newTotpSecret();
  const until = ctx.now().getTime() + pendingMs;
  const pending = await seal(JSON.stringify({ secret, until }), pendingContext(id));
  ctx.note.target = id;
  return { ...(await shownSecret(secret, email)), pending };
});
