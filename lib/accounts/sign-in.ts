import { recordAudit } from "@/lib/gate/audit";
import type { Ctx } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { controlDb, type Db, type Tx } from "@/lib/platform/prisma";
import type { SignInFailure } from "./contract";
import { factorThrottle, isKnownPlace, type Place, passwordThrottles, rememberPlace } from "./guessing";
import { passwordMatches } from "./password";
import { rightsOf } from "./rights";
import { type ProvenBy, proveAtSignIn } from "./second-factor";
import { type Device, openSession } from "./sessions";
import { recordSignInRefusal, signInContext } from "./sign-in-trail";
import { countAttempt, forgetAttempts, giveBack, type Throttle } from "./throttle";

/** What a sign-in shows: `code` is the authenticator's or a recovery code, `passkey` a passkey's answer as JSON text. */
export type Credentials = { email: string; password: string; code: string; passkey?: string };

type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>;
type SignedIn = { token: string; user: UserRow };

/**
 * Signs a person in with a password and a second factor, and returns the new session's cookie value. Somebody without a
 * second factor gets a session that can only enrol one. Unknown users cost the same time as wrong passwords.
 */
export async function signIn(credentials: Credentials, device: Device, clock: Clock): Promise<SignedIn> {
  const { password, code, passkey = "" } = credentials;
  const email = upTo(longest.email, credentials.email).replaceAll("\0", "").trim().toLowerCase();
  const ctx = signInContext(email, device, clock);
  const shown = { email, password, code: upTo(longest.code, code), passkey: upTo(longest.passkey, passkey) };
  try {
    return await prove(shown, device, ctx);
  } catch (error) {
    await recordSignInRefusal(ctx, error);
    throw error;
  }
}

const longest = { email: 254, code: 64, passkey: 20_000 };

/** A text, or in its place one that is never right when nobody's is that long: no work may be made of it. */
const upTo = (length: number, text: string): string => (text.length > length ? "too long" : text);

const findUser = (db: Db, email: string) => db.user.findUnique({ where: { email } });

async function prove(credentials: Credentials, device: Device, ctx: Ctx): Promise<SignedIn> {
  const { email, password, code, passkey = "" } = credentials;
  const now = ctx.now();
  const known = await isKnownPlace(controlDb(), email, device.ipAddress, now);
  const place: Place = { email, address: device.ipAddress, known };
  const { own, others } = passwordThrottles(place);
  await countAttempt([...others, own], now);
  const user = await findUser(controlDb(), email);
  if (!(await passwordMatches(user?.passwordHash ?? null, password)) || !user) {
    throw refused("invalid_credentials", "The e-mail or the password is wrong.");
  }
  const proof = { code: code.trim(), passkey: passkey.trim() };
  // The password was right, so that these are no guesses at it.
  if (user.deactivatedAt) throw await withdrawn([...others, own], "deactivated", "This account is deactivated.");
  if (!user.totpConfirmedAt) return await admit(ctx, user, device, async () => undefined, { own, others });
  if (proof.code === "" && proof.passkey === "")
    throw await withdrawn([...others, own], "code_required", "Enter the code from your authenticator app.");
  const factor = factorThrottle(place);
  await countAttempt([factor], now);
  const byFactor = async (db: Db) => (await proveAtSignIn(db, user, proof, now)) ?? wrongFactor(proof.passkey !== "");
  return await admit(ctx, user, device, byFactor, { own, others: [...others, factor] });
}

type Counted = { own: Throttle; others: Throttle[] };

/** Proves the second factor and opens the session in one transaction: no code is used up without a session. */
async function admit(
  ctx: Ctx,
  user: UserRow,
  device: Device,
  prove: (db: Tx) => Promise<ProvenBy | undefined>,
  { own, others }: Counted,
): Promise<SignedIn> {
  const now = ctx.now();
  const token = await controlDb().$transaction(async (db) => {
    await stillTheSame(db, user, now);
    const by = await prove(db);
    const opened = await openSession(db, { userId: user.id, secondFactor: by !== undefined, device }, now);
    if (by) await rememberPlace(db, user.id, device.ipAddress, now);
    await recordAudit(await inNameOf(ctx, db, user, by), { operation: "session.signIn", outcome: "done" });
    return opened;
  });
  await forgetAttempts(own);
  await giveBack(others);
  return { token, user };
}

/** Whoever changed the password, the second factor or the account meanwhile has ended the sessions that there were. */
async function stillTheSame(db: Tx, user: UserRow, now: Date): Promise<void> {
  const { id, passwordHash, totpConfirmedAt } = user;
  const { count } = await db.user.updateMany({
    where: { id, passwordHash, totpConfirmedAt, deactivatedAt: null },
    data: { lastSignInAt: now },
  });
  if (count === 0) throw refused("invalid_credentials", "The account was changed meanwhile. Sign in again.");
}

async function inNameOf(ctx: Ctx, db: Tx, user: UserRow, by: ProvenBy | undefined): Promise<Ctx> {
  const { id, name, email, role } = user;
  const person = { id, name, email, role, sessionId: "", secondFactor: by !== undefined };
  const note = { ...ctx.note, after: { secondFactor: by ?? "not enrolled yet" } };
  return { ...ctx, db, note, actor: { kind: "user", ...person, ...(await rightsOf(db, user)) } };
}

async function withdrawn(counted: Throttle[], reason: SignInFailure, message: string): Promise<AppError> {
  await giveBack(counted);
  return refused(reason, message);
}

function wrongFactor(passkey: boolean): never {
  const words = passkey
    ? "The passkey was not accepted, or it took too long. Try again, or use a code."
    : "The code is wrong, too old, or was used already. Wait for the next one.";
  throw refused("code_invalid", words);
}

function refused(reason: SignInFailure, message: string): AppError {
  return new AppError("unauthenticated", message, { reason });
}
