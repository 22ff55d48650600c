import type { IncomingMessage } from "node:http";
import { maxBody, uploadsPath } from "@/lib/kernel/contract";
import type { ErrorCode } from "@/lib/kernel/errors";

/** An answer that the front gives itself. */
export type Refusal = { status: number; title: string; code: ErrorCode; detail: string };

export type Rules = {
  /** The address that people use. */
  url: string;
  isOwnHost: (host: string) => boolean;
  development: boolean;
};

const maxHeaders = 100;
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Why a request is not passed on, or undefined when it may be. */
export function refusalOf(request: IncomingMessage, rules: Rules): Refusal | undefined {
  return (
    ofForm(request) ??
    ofTarget(request.url ?? "") ??
    ofHost(request, rules) ??
    ofBody(request, rules) ??
    ofPage(request, rules)
  );
}

function ofForm(request: IncomingMessage): Refusal | undefined {
  if (request.rawHeaders.length / 2 > maxHeaders) return tooManyHeaders;
  return methods.has(request.method ?? "") ? undefined : notAllowed;
}

/**
 * Only /path?query that means the same to everybody: what Next can't decode it answers with 500, what begins with // it
 * takes for a host, and dots, backslashes and encoded slashes it resolves only after the checks that follow here.
 */
function ofTarget(target: string): Refusal | undefined {
  const path = pathOf(target);
  const plain = /^\/(?!\/)[\x21-\x7e]*$/.test(target) && !/[\\#]|%2f|%5c/i.test(path);
  return plain && isPlain(path) ? undefined : bad("The address of this request can't be read.");
}

function isPlain(path: string): boolean {
  try {
    const decoded = decodeURIComponent(path);
    return !/[\0\r\n]/.test(decoded) && !/\/\.{1,2}(\/|$)/.test(decoded);
  } catch {
    return false;
  }
}

const pathOf = (target = ""): string => target.split("?", 1)[0] ?? "";

/** Asked by what knows no host name of ours: load balancers and container platforms. */
const healthPaths = new Set(["/api/tenancy/health/live", "/api/tenancy/health/ready"]);

function ofHost(request: IncomingMessage, { isOwnHost, url }: Rules): Refusal | undefined {
  const hosts = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
  if (hosts > 1) return bad("This request names its host more than once.");
  if (healthPaths.has(pathOf(request.url))) return undefined;
  if (hosts === 0 || !request.headers.host) return bad("This request does not name its host.");
  if (isOwnHost(request.headers.host)) return undefined;
  const detail = `Tenantry is not served under this host name. Open ${url}, or add the name to TENANTRY_HOSTS.`;
  return { status: 421, title: "Misdirected request", code: "invalid", detail };
}

/** Whether a request uploads a file, which may be large and takes its time. */
export function isUpload({ method, url }: IncomingMessage): boolean {
  return method === "POST" && pathOf(url) === uploadsPath;
}

/** OTLP's own address: its handler counts what it reads, and answers as that protocol wants. */
const otlpPath = "/v1/metrics";

/** A body without a length is left to the API's own handlers: they count while they read, which nobody else does. */
function ofBody(request: IncomingMessage, { development }: Rules): Refusal | undefined {
  const chunked = request.headers["transfer-encoding"] !== undefined;
  if (pathOf(request.url) === otlpPath || isUpload(request)) return undefined;
  if (chunked && !development && !request.url?.startsWith("/api/tenancy/")) {
    return { status: 411, title: "Length required", code: "invalid", detail: "A body sent here must tell its length." };
  }
  return Number(request.headers["content-length"] ?? 0) > maxBody ? tooLarge : undefined;
}

/** Pages are only read: what is sent to one Next would take for a server action of a foreign kind, and log it. */
function ofPage({ method, url }: IncomingMessage, { development }: Rules): Refusal | undefined {
  const api = url?.startsWith("/api/") || pathOf(url) === otlpPath;
  return development || method === "GET" || method === "HEAD" || api ? undefined : notAllowed;
}

function bad(detail: string): Refusal {
  return { status: 400, title: "The request can't be read", code: "invalid", detail };
}

const notAllowed: Refusal = {
  status: 405,
  title: "Method not allowed",
  code: "method_not_allowed",
  detail: "This method is not served here.",
};

const tooLarge: Refusal = {
  status: 413,
  title: "Too large",
  code: "too_large",
  detail: "The body is larger than 1 MB, the limit.",
};

const tooManyHeaders: Refusal = {
  status: 431,
  title: "Headers too large",
  code: "invalid",
  detail: `A request may have ${maxHeaders} headers, 16 KB in all.`,
};

/** Why a connection is ended, by Node's word for what it met. */
export function refusalOfError(code: string | undefined): Refusal {
  if (code === "HPE_HEADER_OVERFLOW" || code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return tooManyHeaders;
  if (code !== "ERR_HTTP_REQUEST_TIMEOUT") return bad("This request is not HTTP as it should be.");
  return { status: 408, title: "Too slow", code: "invalid", detail: "The request did not arrive whole in time." };
}
