import type { Db } from "@/lib/platform/prisma";
import { provePasskey, purposes } from "./passkeys";
import { spendRecoveryCode } from "./recovery-codes";
import { matchingStep, openTotp } from "./totp";

/** Whose second factor is asked for. */
export type Holder = { id: string; totpSecret: string | null; totpLastStep: number | null };

/** What somebody shows as a second factor: a code that was typed, or a passkey's answer as JSON text. */
export type Proof = { code: string; passkey: string };

/** By what a second factor was proven. */
export type ProvenBy = "authenticator" | "passkey" | "recovery code";

/** Proves the second factor at sign-in, and uses the proof up; undefined when it is not right. */
export async function proveAtSignIn(db: Db, user: Holder, proof: Proof, now: Date): Promise<ProvenBy | undefined> {
  if (proof.passkey !== "") {
    return (await provePasskey(db, user.id, purposes.signIn, proof.passkey, now)) ? "passkey" : undefined;
  }
  if (await spendCode(db, user, proof.code, now)) return "authenticator";
  return (await spendRecoveryCode(db, user.id, proof.code, now)) ? "recovery code" : undefined;
}

/** Proves the second factor again, for one digest. A recovery code stands in for a lost authenticator, not for this. */
export async function proveAgain(db: Db, user: Holder, digest: string, proof: Proof, now: Date): Promise<boolean> {
  if (proof.passkey === "") return await spendCode(db, user, proof.code, now);
  return await provePasskey(db, user.id, purposes.stepUp(user.id, digest), proof.passkey, now);
}

/** Whether a code is right; it is used up in the same statement, so that two can't share it. */
async function spendCode(db: Db, user: Holder, given: string, now: Date): Promise<boolean> {
  if (user.totpSecret === null) return false;
  const code = given.replace(/\s/g, "");
  const step = await matchingStep(await openTotp(user.id, user.totpSecret), code, now, user.totpLastStep);
  if (step === undefined) return false;
  const { count } = await db.user.updateMany({
    where: { id: user.id, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return count === 1;
}
