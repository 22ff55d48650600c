import { actorId, actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { countRequest } from "@/lib/keys/rate-limit";
import { sendMail } from "@/lib/mail/send";
import { mailSetUp, refuseAddress } from "@/lib/mail/settings";
import { env } from "@/lib/platform/env";
import { mailTestContract } from "./contract-schedules";

/** Test mails that one person or key may have sent in a minute. */
const perMinute = 5;
/** Somebody waits for the answer. */
const patience = { connectMs: 5000, idleMs: 8000, totalMs: 15_000 };

/** Sends a test mail now, and tells what the server answered. To whom it went is in the audit trail. */
export const testMail = operation(mailTestContract, async (ctx, { address }) => {
  const setUp = mailSetUp();
  if ("missing" in setUp) throw new AppError("conflict", setUp.missing);
  const refused = refuseAddress(setUp.settings, address);
  if (refused) throw new AppError("invalid", "Some fields need another look.", { fields: { address: refused } });
  const standing = await countRequest({ by: "user", id: `mail test ${actorId(ctx.actor)}`, perMinute });
  if (standing && standing.remaining < 0)
    throw new AppError("limit", `At most ${perMinute} test mails a minute. Wait ${standing.resetSeconds} s.`, {
      ...{ retryAfter: standing.resetSeconds, reason: "rate_limited" },
    });
  const { from } = setUp.settings;
  const words = `Mail from Tenantry arrives. ${actorName(ctx.actor)} had this test sent from ${env().TENANTRY_URL}.`;
  const message = {
    ...{ to: address, subject: "Test of mail from Tenantry", text: `${words}\n`, html: `<p>${escaped(words)}</p>` },
    ...{ date: ctx.now(), id: `<${newId(ctx.now())}@${from.address.split("@").at(-1)}>`, attachment: null },
  };
  const told = await sendMail(setUp.settings, message, patience);
  const answer = { address, sent: told.sent, words: told.words };
  Object.assign(ctx.note, { target: address, after: answer });
  return answer;
});

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
