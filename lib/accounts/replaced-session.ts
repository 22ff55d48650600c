import { recordAudit } from "@/lib/gate/audit";
import type { Clock } from "@/lib/kernel/clock";
import { sha256 } from "@/lib/platform/crypto";
import { controlDb } from "@/lib/platform/prisma";
import { signOutContract } from "./contract";
import { actorOfSession, type Device, endSessions } from "./sessions";
import { signInContext } from "./sign-in-trail";

/** Ends the session of a cookie that a sign-in replaced: for the audit trail, whoever's it was has signed out. */
export async function endReplaced(token: string, device: Device, now: Clock): Promise<void> {
  const actor = await actorOfSession(token, now());
  await controlDb().$transaction(async (db) => {
    const ended = await endSessions(db, { tokenHash: sha256(token) });
    if (ended === 0 || actor.kind !== "user") return;
    const ctx = { ...signInContext(actor.email, device, now), actor, db, note: { target: actor.id } };
    await recordAudit(ctx, { operation: signOutContract.id, outcome: "done" });
  });
}
