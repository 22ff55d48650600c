import { readFile } from "node:fs/promises";
import { oneLine } from "@/lib/mail/one-line";
import type { Message } from "@/lib/mail/send";
import type { MailSettings } from "@/lib/mail/settings";
import { sha256 } from "@/lib/platform/crypto";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { reportPath } from "./files";
import type { ClaimedMail } from "./mail-claim";

/** Bytes up to which a file goes along with the message; of a larger one, only where it lies. */
const mostAttached = 10_000_000;

const types: Record<string, string> = { csv: "text/csv; charset=utf-8", pdf: "application/pdf" };

/** A report's file, as it goes along with each of its messages; null: it is too large, and only told of. */
export type Attached = { name: string; type: string; content: Buffer } | null;

/** The file of a report. Undefined where it is not there, can't be read, or is not what was written. */
export async function readAttached(mail: ClaimedMail): Promise<Attached | undefined> {
  const { reportId, fileName, bytes, format } = mail;
  if (fileName === null || mail.removed) return undefined;
  if (Number(bytes) > mostAttached) return null;
  const content = await readFile(reportPath(reportId, fileName)).catch((error: unknown) => {
    log().warn({ report: reportId, error: String(error) }, "a report's file could not be read for mail");
    return undefined;
  });
  if (!content || sha256(content) !== mail.sha256) return undefined;
  return { name: fileName, type: types[format] ?? "application/octet-stream", content };
}

/** The message of a report to an address: the same one, by its id, however often it is sent. */
export function reportMessage(mail: ClaimedMail, from: MailSettings["from"], attachment: Attached): Message {
  const { address, finishedAt } = mail;
  const title = oneLine(mail.title);
  const paragraphs = [
    madeWords(mail),
    attachment ? `It is attached as ${attachment.name}.` : "It is too large for mail: download it from the console.",
  ];
  const link = new URL(`/reports/${mail.reportId}`, env().TENANTRY_URL).href;
  const why = `You get this mail because ${oneLine(mail.askedBy)} has it sent to ${address}.`;
  return {
    ...{ to: address, subject: title, date: finishedAt, attachment, id: messageId(mail, from.address) },
    text: [title, ...paragraphs, `In the console: ${link}`, why].join("\n\n").concat("\n"),
    html: pageOf(title, [...paragraphs.map(escaped), `<a href="${escaped(link)}">See it in the console</a>`], why),
  };
}

function madeWords({ schedule, finishedAt, tz }: ClaimedMail): string {
  const at = new Intl.DateTimeFormat("en-GB", {
    ...{ dateStyle: "long", timeStyle: "short", timeZone: tz ?? "UTC" },
  }).format(finishedAt);
  const what =
    schedule === null ? "This report was made" : `This report of the schedule "${oneLine(schedule)}" was made`;
  return `${what} on ${at} (${tz ?? "UTC"}).`;
}

function messageId({ reportId, address }: ClaimedMail, from: string): string {
  return `<${sha256(`${reportId} ${address}`).slice(0, 40)}@${from.slice(from.lastIndexOf("@") + 1)}>`;
}

function pageOf(title: string, paragraphs: readonly string[], why: string): string {
  const body = paragraphs.map((html) => `<p>${html}</p>`).join("\n");
  const style = "font-family: system-ui, sans-serif; line-height: 1.5; max-width: 40em";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body style="${style}">
<h1 style="font-size: 1.25em">${escaped(title)}</h1>
${body}
<p style="color: #555; font-size: 0.875em">${escaped(why)}</p>
</body></html>
`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
