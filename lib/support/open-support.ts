import type { Ctx, UserActor } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { recordActivity } from "@/lib/tenants/activity";
import { appUrlOf } from "@/lib/tenants/app-url";
import { findTenant } from "@/lib/tenants/find";
import { openSupportContract } from "./contract";
import { supportViewOf } from "./view";

const linkMs = 60_000;
const minuteMs = 60_000;
const mostOpen = 5;

export const openSupport = operation(openSupportContract, async (ctx, { id, reason, minutes }) => {
  const user = personOf(ctx);
  const tenant = await findTenant(ctx, id);
  if (tenant.status !== "active") throw new AppError("conflict", `Its app serves nobody: it is ${tenant.status}.`);
  await checkOpen(ctx, user);
  const token = randomToken();
  const now = ctx.now();
  const row = await ctx.db.supportAccess.create({
    data: {
      ...{ id: newId(now), tenantId: id, reason, createdAt: now, tokenHash: sha256(token) },
      ...{ userId: user.id, userEmail: user.email, userName: user.name },
      expiresAt: new Date(now.getTime() + linkMs),
      // Counted anew from the moment in which the link is used.
      sessionEnds: new Date(now.getTime() + minutes * minuteMs),
    },
  });
  ctx.note.after = { access: row.id, minutes };
  const description = `Made a support link: ${reason}`;
  await recordActivity(ctx, { tenantId: id, type: "support_opened", description, metadata: { access: row.id } });
  const url = `${appUrlOf(tenant)}.tenantry/support?token=${token}`;
  return { access: supportViewOf(row, now), url, expiresAt: row.expiresAt.toISOString() };
});

/** Support has a name: the app shows it, and the audit trail answers for it. */
function personOf({ actor }: Ctx): UserActor {
  if (actor.kind === "user") return actor;
  throw new AppError("forbidden", "Only a person who is signed in to the console can open an app as support.");
}

/** Each link is for one use, so nobody needs many at once: more are somebody's script. */
async function checkOpen({ db, now }: Ctx, { id }: UserActor): Promise<void> {
  // Two that are made at once must count each other.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`support ${id}`}, 0))`;
  const open = await db.supportAccess.count({
    where: { userId: id, redeemedAt: null, endedAt: null, expiresAt: { gt: now() } },
  });
  if (open < mostOpen) return;
  const words = `You have ${open} links open that were not used. Use one, or wait until they are over.`;
  throw new AppError("limit", words, { retryAfter: linkMs / 1000 });
}
