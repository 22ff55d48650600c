import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import type { SignInFailure } from "./contract";
import { passwordMatches } from "./password";
import { type Device, openSession } from "./sessions";
import { checkThrottle, clearFailures, countFailure, type ThrottleKey } from "./throttle";
import { matchingStep, openTotp } from "./totp";

export type Credentials = { email: string; password: string; code: string };

type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>;

/**
 * Signs a person in with a password and a TOTP code, and returns the session's cookie value. Somebody without a
 * second factor gets a session that can only enrol one. Unknown users cost the same time as wrong passwords.
 */
export async function signIn(
  credentials: Credentials,
  device: Device,
  clock: Clock,
): Promise<{ token: string; user: UserRow }> {
  const email = credentials.email.replaceAll("\0", "").trim().toLowerCase();
  const account: ThrottleKey = { kind: "account", value: email };
  const keys: ThrottleKey[] = [account, { kind: "address", value: device.ipAddress ?? "unknown" }];
  await checkThrottle(keys, clock());
  const user = await findUser(email);
  if (!(await passwordMatches(user?.passwordHash ?? null, credentials.password)) || !user) {
    await countFailure(keys, clock());
    throw refused("invalid_credentials", "The e-mail or the password is wrong.");
  }
  if (user.totpConfirmedAt) await proveSecondFactor(user, credentials.code, keys, clock);
  await clearFailures(account);
  const token = await openSession(user.id, user.totpConfirmedAt !== null, device, clock());
  await recordSignIn(user, device, clock());
  return { token, user };
}

const findUser = (email: string) => controlDb().user.findUnique({ where: { email } });

async function proveSecondFactor(user: UserRow, code: string, keys: ThrottleKey[], clock: Clock): Promise<void> {
  if (code === "") throw refused("code_required", "Enter the code from your authenticator app.");
  if (await spendCode(user, code, clock())) return;
  await countFailure(keys, clock());
  throw refused("code_invalid", "The code is wrong, too old, or was used already. Wait for the next one.");
}

/** Whether a code is right; it is used up in the same statement, so that two sign-ins can't share it. */
export async function spendCode(
  user: Pick<UserRow, "id" | "totpSecret" | "totpLastStep">,
  code: string,
  now: Date,
): Promise<boolean> {
  if (user.totpSecret === null) return false;
  const step = await matchingStep(await openTotp(user.id, user.totpSecret), code, now, user.totpLastStep);
  if (step === undefined) return false;
  const { count } = await controlDb().user.updateMany({
    where: { id: user.id, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return count === 1;
}

function refused(reason: SignInFailure, message: string): AppError {
  return new AppError("unauthenticated", message, { reason });
}

async function recordSignIn(user: UserRow, device: Device, now: Date): Promise<void> {
  await controlDb().auditEvent.create({
    data: {
      operation: "session.signIn",
      ...{ actorKind: "user", actorId: user.id, actor: user.email, outcome: "done" },
      requestId: newId(now),
      ipAddress: device.ipAddress,
      createdAt: now,
    },
  });
}
