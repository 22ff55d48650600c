import { createTransport } from "nodemailer";
import { type Failure, failureOf, type MailError, serverWords } from "./answers";
import { oneLine } from "./one-line";
import type { MailSettings } from "./settings";

/** A message to one address. */
export type Message = {
  to: string;
  subject: string;
  text: string;
  html: string;
  date: Date;
  /** With angle brackets; the same for the same message, so that a mailbox can tell that it came twice. */
  id: string;
  attachment: { name: string; type: string; content: Buffer } | null;
};

/** Whether the server took a message, and what it answered. */
export type Sent = ({ sent: true } & Pick<Failure, "words">) | ({ sent: false } & Failure);

/** How long a server may take, in milliseconds: until it is reached and greets, between two answers, for it all. */
export type Patience = { connectMs: number; idleMs: number; totalMs: number };

const usualPatience: Patience = { connectMs: 10_000, idleMs: 30_000, totalMs: 180_000 };

/** Sends a message. It never throws: what went wrong is in the answer. */
export async function sendMail(settings: MailSettings, message: Message, patience = usualPatience): Promise<Sent> {
  const transport = transportOf(settings, patience);
  try {
    const signal = AbortSignal.timeout(patience.totalMs);
    const { response } = await transport.sendMail({ ...parts(settings, message), signal });
    return { sent: true, words: serverWords(response, settings) };
  } catch (error) {
    return { sent: false, ...failureOf(error as MailError, settings) };
  } finally {
    transport.close();
  }
}

function transportOf({ host, port, secure, requireTls, login }: MailSettings, patience: Patience) {
  return createTransport({
    ...{ host, port, secure, requireTLS: requireTls, tls: { rejectUnauthorized: true, minVersion: "TLSv1.2" } },
    ...(login && { auth: { user: login.user, pass: login.password } }),
    ...{ connectionTimeout: patience.connectMs, greetingTimeout: patience.connectMs, dnsTimeout: patience.connectMs },
    ...{ socketTimeout: patience.idleMs, disableFileAccess: true, disableUrlAccess: true },
  });
}

function parts({ from }: MailSettings, { to, subject, text, html, date, id, attachment }: Message) {
  return {
    from,
    to: { name: "", address: to },
    envelope: { from: from.address, to: [to] },
    ...{ subject: oneLine(subject), text, html, date, messageId: id },
    // Answers by machines (out of office) go nowhere: RFC 3834.
    headers: { "Auto-Submitted": "auto-generated" },
    attachments: attachment
      ? [{ filename: oneLine(attachment.name), contentType: attachment.type, content: attachment.content }]
      : [],
  };
}
