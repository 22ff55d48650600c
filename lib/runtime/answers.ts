import { AppError, problems } from "@/lib/kernel/errors";
import { type Refusal, TenantRefusal } from "./refusal";

/** What a visitor is told in place of the app's page. It holds nothing that only the platform may know. */
export type Notice = {
  status: number;
  title: string;
  message: string;
  /** Why the tenant is not served; null when the request went wrong otherwise. */
  refusal: Refusal | null;
  /** Why else it is not served, for programs: "busy" when no connection became free, "unreachable" when there is none. */
  reason?: string;
  retryAfter?: number;
  /** Where to send the visitor instead. */
  location?: string;
};

/** A whole answer, for any server. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

/** What to tell about an error: the words of an `AppError`, and of everything else only that it happened. */
export function noticeOf(error: unknown): Notice {
  if (!(error instanceof AppError)) {
    return { ...problems.internal, message: "Try again in a moment.", refusal: null };
  }
  const inner = innerTrouble(error);
  if (inner) return inner;
  const refused = error instanceof TenantRefusal ? error : null;
  const { status, title } = problems[error.code];
  return {
    status: refused?.status ?? status,
    title: refused ? titles[refused.refusal] : title,
    message: error.message,
    refusal: refused?.refusal ?? null,
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
    ...(refused?.location !== undefined && { location: refused.location }),
  };
}

/** Connections, servers and poolers are nothing to a visitor; an app's code has the error's own words. */
function innerTrouble({ code, reason = "", retryAfter = 1 }: AppError): Notice | null {
  if (code !== "unavailable") return null;
  const told = { ...problems.unavailable, refusal: null, retryAfter };
  if (/^pool(_tenant|_changed)?$/.test(reason))
    return { ...told, message: "This service is busy. Try again in a moment.", reason: "busy" };
  // What connecting fails with has the system's code (ECONNREFUSED) or PostgreSQL's (53300) as its reason.
  if (!/^(pooler|connection|unreachable|settings_dropped|E[A-Z]+|[0-9A-Z]{5})$/.test(reason)) return null;
  return { ...told, message: "This service can't be reached right now. Try again in a moment.", reason: "unreachable" };
}

const titles: Record<Refusal, string> = {
  unknown: "Nobody lives here",
  deleted: "This account was closed",
  deleting: "This account is being closed",
  suspended: "This account is suspended",
  blocked: "This account is blocked",
  inactive: "This account is switched off",
  provisioning: "This account is being set up",
  failed: "This account is being set up",
  maintenance: "Back shortly",
};

/** A notice as HTML, for who asked for a page, or as problem details (RFC 9457). */
export function answerOf(notice: Notice, page: ((notice: Notice) => string) | null): Answer {
  const { status, title, message: detail, refusal, retryAfter, location } = notice;
  const reason = refusal ?? notice.reason;
  const headers = {
    "content-type": page ? "text/html; charset=utf-8" : "application/problem+json",
    "cache-control": "no-store",
    vary: "Accept",
    "x-content-type-options": "nosniff",
    ...(page && { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:" }),
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    ...(location !== undefined && { location }),
  };
  const problem = { type: "about:blank", title, status, detail, ...(reason && { reason }) };
  return { status, headers, body: page ? page(notice) : JSON.stringify(problem) };
}

/** A plain page for a notice. */
export function noticePage({ title, message }: Notice): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<style>:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem;
font:16px/1.5 system-ui,sans-serif;text-align:center}h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0;max-width:34rem;
overflow-wrap:anywhere}</style></head><body><main><h1>${escapeHtml(title)}</h1><p dir="auto">${escapeHtml(message)}</p></main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
