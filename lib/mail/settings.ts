import addressparser from "nodemailer/lib/addressparser";
import { z } from "zod";
import { type Env, env } from "@/lib/platform/env";

/** The mail server, and what may be sent by it. */
export type MailSettings = {
  host: string;
  port: number;
  /** TLS from the first byte on. */
  secure: boolean;
  /** Refuses to go on where the server does not offer STARTTLS. */
  requireTls: boolean;
  login: { user: string; password: string } | null;
  from: { name: string; address: string };
  /** Domains that mails may go to, in lower case; none: all. */
  domains: readonly string[];
};

/** How mail is set up, or why it is not, in words for people. */
export type MailSetUp = { settings: MailSettings } | { missing: string };

type Given = Pick<Env, "SMTP_URL" | "MAIL_FROM" | "MAIL_DOMAINS">;

/** Reads how mail is set up. */
export function mailSetUp({ SMTP_URL, MAIL_FROM, MAIL_DOMAINS }: Given = env()): MailSetUp {
  if (!SMTP_URL) return { missing: "Mail is not set up: SMTP_URL is not given." };
  const from = readFrom(MAIL_FROM);
  if (!from) return { missing: 'MAIL_FROM has to be one address, such as "Reports <reports@example.com>".' };
  const url = new URL(SMTP_URL);
  if (url.hostname === "" || url.search !== "" || url.hash !== "" || !["", "/"].includes(url.pathname))
    return { missing: "SMTP_URL has to be smtp:// or smtps://, a user and password where needed, a host and a port." };
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const secure = url.protocol === "smtps:";
  const login = url.username === "" ? null : { user: plain(url.username), password: plain(url.password) };
  const port = url.port === "" ? (secure ? 465 : 587) : Number(url.port);
  // A password goes over no network in clear, also where somebody in between hides that the server can do better.
  const requireTls = !secure && login !== null && !isOwnHost(host);
  return { settings: { host, port, secure, requireTls, login, from, domains: MAIL_DOMAINS } };
}

/** Why a mail may not go to an address; undefined when it may. */
export function refuseAddress({ domains }: Pick<MailSettings, "domains">, address: string): string | undefined {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  if (domains.length === 0 || domains.includes(domain)) return undefined;
  return `Mail may go to ${domains.join(", ")} only, not to ${domain} (MAIL_DOMAINS).`;
}

function readFrom(text: string): MailSettings["from"] | undefined {
  const [first, ...more] = addressparser(text, { flatten: true });
  if (!first || more.length > 0 || !z.email().safeParse(first.address).success) return undefined;
  return { name: first.name, address: first.address };
}

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function isOwnHost(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
