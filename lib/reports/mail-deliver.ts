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
};

/** Messages that are sent at the same time: one that a server is slow about holds up no other. */
const atOnce = 4;
/** Longer than a message may take, so that none is taken twice. */
const leaseMs = 10 * 60_000;

/** Sends what waits to be sent. Any number of workers may ask at once. Ends early when `stop` is aborted, or no server answers. */
export async function deliverMails(stop: AbortSignal, options: DeliverOptions): Promise<void> {
  await endMailsOfUnmade();
  const down = new AbortController();
  const until = AbortSignal.any([stop, down.signal]);
  await Promise.all(Array.from({ length: atOnce }, () => deliverInTurn(until, down, options)));
}

async function deliverInTurn(until: AbortSignal, down: AbortController, options: DeliverOptions): Promise<void> {
  while (!until.aborted) {
    const mail = await claimMail(options.clock(), leaseMs);
    if (!mail) return;
    if (await deliver(mail, options)) down.abort();
  }
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
  const wait = retry ? retryMs(mail.attempts) : null;
  const { reportId, attempts } = mail;
  log().warn({ report: reportId, attempts, words, again: wait !== null }, "a report could not be mailed");
  await settleMail(mail, wait === null ? givenUp(words, retry) : again(words, now, wait));
  if (server && wait !== null) await postponeMails(now, new Date(now.getTime() + wait), words);
  return server;
}

function again(words: string, now: Date, wait: number): Became {
  return { status: "waiting", notBefore: new Date(now.getTime() + wait), words };
}

function givenUp(words: string, tried: boolean): Became {
  return { status: "failed", words: tried ? `${words} It was tried for a day.` : words };
}
