import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@/lib/kernel/clock";
import { type Patience, type Sent, sendMail } from "@/lib/mail/send";
import { type MailSettings, type MailSetUp, mailSetUp, refuseAddress } from "@/lib/mail/settings";
import { log } from "@/lib/platform/log";
import { type Became, type ClaimedMail, claimMail, endMailsOfUnmade, postponeMails, settleMail } from "./mail-claim";
import { readAttached, reportMessage } from "./mail-message";
import { retryMs } from "./mail-retry";

export type DeliverOptions = {
  clock: Clock;
  /** Replaces what the environment says, and how long a server is waited for: for tests. */
  setUp?: MailSetUp;
  patience?: Patience;
  /** Milliseconds that the first message of a round has for itself. */
  headStartMs?: number;
};

/** Messages that are sent at the same time: one that a server is slow about holds up no other. */
const atOnce = 4;
/** Longer than a message may take, so that none is taken twice. */
const leaseMs = 10 * 60_000;
/** A server that takes nothing is found out by one message, not by several at once. */
const usualHeadStartMs = 5000;

/** Sends what waits to be sent. Any number of workers may ask at once. Ends early when `stop` is aborted, or no server answers. */
export async function deliverMails(stop: AbortSignal, options: DeliverOptions): Promise<void> {
  await endMailsOfUnmade();
  const down = new AbortController();
  const until = AbortSignal.any([stop, down.signal]);
  const next = () => deliverNext(until, down, options);
  const first = next();
  const more = await Promise.race([first, delay(options.headStartMs ?? usualHeadStartMs, true, { ref: false })]);
  if (!more) return;
  const inTurn = async () => {
    while (await next());
  };
  await Promise.all([first.then(inTurn), ...Array.from({ length: atOnce - 1 }, inTurn)]);
}

/** Sends the next message that is due; false when there is none to send any more. */
async function deliverNext(until: AbortSignal, down: AbortController, options: DeliverOptions): Promise<boolean> {
  if (until.aborted) return false;
  const mail = await claimMail(options.clock(), leaseMs);
  if (!mail) return false;
  if (await deliver(mail, options)) down.abort();
  return !until.aborted;
}

/** Sends a message and notes what became of it. True when the server takes nothing from anybody. */
async function deliver(mail: ClaimedMail, { clock, setUp = mailSetUp(), patience }: DeliverOptions): Promise<boolean> {
  if ("missing" in setUp) return await failed(mail, { words: setUp.missing, retry: true, server: true }, clock());
  const sent = await send(mail, setUp.settings, patience);
  if (!sent.sent) return await failed(mail, sent, clock());
  await settleMail(mail, { status: "sent", sentAt: clock(), words: null });
  return false;
}

type Failed = { words: string; retry: boolean; server: boolean };

async function send(
  mail: ClaimedMail,
  settings: MailSettings,
  patience?: Patience,
): Promise<Sent | (Failed & { sent: false })> {
  const refused = refuseAddress(settings, mail.address);
  if (refused) return { sent: false, words: refused, retry: false, server: false };
  const attached = await readAttached(mail);
  if (attached === undefined) {
    const words = mail.removed
      ? "The report's file was removed."
      : "The report's file can't be read where it was kept.";
    return { sent: false, words, retry: !mail.removed, server: false };
  }
  const sent = await sendMail(settings, reportMessage(mail, settings.from, attached), patience);
  if (sent.sent || !sent.tooLarge || attached === null) return sent;
  return await sendMail(settings, reportMessage(mail, settings.from, null), patience);
}

async function failed(mail: ClaimedMail, { words, retry, server }: Failed, now: Date): Promise<boolean> {
  const { reportId, attempts } = mail;
  const became = retry ? afterAttempt(attempts, words, now) : ({ status: "failed", words } as const);
  log().warn({ report: reportId, attempts, words, again: became.status === "waiting" }, "a report could not be mailed");
  await settleMail(mail, became);
  // A moment before this one, so that another is the first next time: it might be this one's fault after all.
  const before = new Date(now.getTime() - 1);
  if (server) await postponeMails(now, (tried) => afterAttempt(tried, words, before));
  return server;
}

/** What becomes of a message that may be taken later, after so many attempts. */
function afterAttempt(attempts: number, words: string, now: Date): Became {
  const wait = retryMs(attempts);
  if (wait === null) return { status: "failed", words: `${words} It was tried for a day.` };
  return { status: "waiting", notBefore: new Date(now.getTime() + wait), words };
}
