import { oneLine } from "./one-line";
import type { MailSettings } from "./settings";

/** What of an error of nodemailer's says what went wrong. */
export type MailError = {
  message: string;
  code?: string | undefined;
  originalCode?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  permanent?: boolean | undefined;
  timeoutType?: string | undefined;
};

/** What a failure means. */
export type Failure = {
  /** In words for people, without secrets. */
  words: string;
  /** Whether trying again may help. */
  retry: boolean;
  /** Whether it is the server that fails, for whatever message. */
  server: boolean;
  /** Whether the message is larger than the server takes. */
  tooLarge: boolean;
};

/** What a failure means, and what to do about it. */
export function failureOf(error: MailError, settings: MailSettings): Failure {
  const { code, responseCode } = error;
  const overSize = code === "EMESSAGE" && responseCode === undefined;
  const tooLarge = overSize || responseCode === 552;
  const server = ofServer(error);
  // Somebody can mend a server or a login: only an answer about the message itself ends it.
  const retry = server || !(error.permanent ?? overSize);
  return { words: hidden(inWords(error, settings), settings), retry, server, tooLarge };
}

/** A server's words in one line of bounded length, without the password. */
export function serverWords(response: string, settings: Pick<MailSettings, "login">): string {
  return hidden(`The mail server answered: ${short(response)}`, settings);
}

function inWords(error: MailError, settings: MailSettings): string {
  const { code, response, timeoutType } = error;
  const place = `${settings.host}:${settings.port}`;
  if (code === "EAUTH" || code === "ENOAUTH")
    return `The mail server refused the login. Check the user and password in SMTP_URL.${answered(response)}`;
  const certificate = certificateFault(error);
  if (certificate)
    return `The certificate of the mail server ${place} is not trusted (${certificate}). Where its authority is your own, name that in NODE_EXTRA_CA_CERTS.`;
  if (code === "ETLS") return `The mail server ${place} did not agree on TLS.${answered(response)}`;
  if (response) return `The mail server answered: ${short(response)}`;
  if (code === "EDNS") return `The mail server's name ${settings.host} could not be resolved.`;
  if (code === "ETIMEDOUT" || code === "EABORT")
    return timeoutType === "CONNECT_TIMEOUT"
      ? `The mail server ${place} could not be reached in time.`
      : `The mail server ${place} did not answer in time.`;
  if (code === "EMESSAGE") return "The message is larger than the mail server takes.";
  if (code === "ECONNECTION") return `The mail server ${place} closed the connection.`;
  if (code === "ESOCKET")
    return `The mail server ${place} could not be reached (${error.originalCode ?? short(error.message)}).`;
  return `The message could not be sent: ${short(error.message)}`;
}

const ofConnecting = ["CONNECT_TIMEOUT", "GREETING_TIMEOUT", "UPGRADE_TIMEOUT"];
const ofConnection = ["EDNS", "ETLS", "ESOCKET", "ECONNECTION", "EPROTOCOL", "EAUTH", "ENOAUTH"];
/** What is answered with the recipient or the content known; all before is the same for every message. */
const aboutMessage = ["RCPT TO", "DATA"];
/** At whatever stage: the server closes (RFC 5321), or wants another login (RFC 4954). */
const aboutServer = [421, 530, 534, 535, 538];

function ofServer({ code, command, responseCode, timeoutType }: MailError): boolean {
  if (responseCode !== undefined) return aboutServer.includes(responseCode) || !aboutMessage.includes(command ?? "");
  if (code === "ETIMEDOUT") return timeoutType !== undefined && ofConnecting.includes(timeoutType);
  return ofConnection.includes(code ?? "");
}

/** What is wrong with a certificate, where that is it. */
function certificateFault({ code, originalCode, message }: MailError): string | undefined {
  const names = /^(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|^UNABLE_TO_|^CERT_|^ERR_TLS_CERT/;
  if (originalCode && names.test(originalCode)) return short(message);
  return code === "ETLS" || code === "ESOCKET"
    ? /(?:self[- ]signed )?certificate.*/i.exec(short(message))?.[0]
    : undefined;
}

function answered(response: string | undefined): string {
  return response ? ` It answered: ${short(response)}` : "";
}

const mostWords = 300;

function short(text: string): string {
  const line = oneLine(text);
  return line.length > mostWords ? `${line.slice(0, mostWords)}…` : line;
}

function hidden(words: string, { login }: Pick<MailSettings, "login">): string {
  if (!login || login.password === "") return words;
  const forms = [login.password, Buffer.from(login.password).toString("base64"), encodeURIComponent(login.password)];
  return forms.reduce((text, form) => text.replaceAll(form, "…"), words);
}
