import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { log } from "@/lib/platform/log";
import type { Db } from "@/lib/platform/prisma";
import { isChallenge, spendChallenge } from "./challenge";
import { relyingParty } from "./relying-party";

/** What a passkey's answer is for: its challenge was made for this and nothing else. */
export const purposes = {
  signIn: "sign-in",
  stepUp: (userId: string, digest: string) => `step-up ${userId} ${digest}`,
  add: (sessionId: string) => `add ${sessionId}`,
} as const;

/** Proves one of a user's passkeys for a purpose: the answer works once, and its counter has to grow. */
export async function provePasskey(
  db: Db,
  userId: string,
  purpose: string,
  answer: string,
  now: Date,
): Promise<boolean> {
  const response = readAnswer<AuthenticationResponseJSON>(answer);
  if (!response) return false;
  const passkey = await db.passkey.findFirst({ where: { credentialId: response.id, userId } });
  if (!passkey) return false;
  const { id, origin } = relyingParty();
  const { credentialId, publicKey, counter } = passkey;
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => isChallenge(challenge, purpose, now),
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: false,
    credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: Number(counter) },
  }).catch(refusal);
  if (!verified?.verified || !(await spendChallenge(db, challengeOf(response)))) return false;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  const grown = newCounter === 0 ? { counter: 0 } : { counter: { lt: newCounter } };
  const { count } = await db.passkey.updateMany({
    where: { id: passkey.id, ...grown },
    data: { counter: newCounter, backedUp: credentialBackedUp, lastUsedAt: now },
  });
  return count === 1;
}

/** What a browser says of a passkey that it made for a purpose; undefined when it is not true. Works once. */
export async function readNewPasskey(db: Db, purpose: string, answer: string, now: Date) {
  const response = readAnswer<RegistrationResponseJSON>(answer);
  if (!response) return undefined;
  const { id, origin } = relyingParty();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => isChallenge(challenge, purpose, now),
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: false,
  }).catch(refusal);
  if (!verified?.verified || !(await spendChallenge(db, challengeOf(response)))) return undefined;
  return verified.registrationInfo;
}

// The library throws for whatever a sender got wrong; what exactly is for the log.
function refusal(error: unknown): undefined {
  log().info({ error: String(error) }, "a passkey's answer was refused");
}

const text = z.string().max(20_000);
const answerShape = z.looseObject({
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: text, transports: z.array(z.string().max(40)).max(10).optional() }),
});

function readAnswer<Response>(answer: string): Response | undefined {
  try {
    const result = answerShape.safeParse(JSON.parse(answer));
    return result.success ? (result.data as Response) : undefined;
  } catch {
    return undefined;
  }
}

function challengeOf({ response }: { response: { clientDataJSON: string } }): string {
  const data = JSON.parse(Buffer.from(response.clientDataJSON, "base64url").toString("utf8")) as { challenge: string };
  return data.challenge;
}
