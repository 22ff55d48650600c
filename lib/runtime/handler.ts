import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import type { Admission, Admitter } from "./admission";
import { answerOf, type Notice, noticeOf, noticePage } from "./answers";
import { cookiesOf } from "./cookie";
import { untilGone } from "./gone";
import { TenantRefusal } from "./refusal";
import type { Support } from "./support";
import { answerSupport, fromOwnPage, supportCookie } from "./support-door";
import type { RuntimeTenant } from "./tenant";

/** What an app does for an admitted request, in its tenant's context. */
export type TenantListener = (request: IncomingMessage, response: ServerResponse, admission: Admission) => unknown;

export type HandlerOptions = {
  /** The page for a refusal or an error, in the app's own look. */
  page?: (notice: Notice) => string;
  /** Whether a request wants a page; otherwise it gets problem details. By its Accept header unless told. */
  wantsPage?: (request: IncomingMessage) => boolean;
  /** Another answer to an error of the app's own; null for the usual one. */
  notice?: (error: unknown) => Notice | null;
  /**
   * Hears of each request that failed (5xx, or an answer that broke off), refusals excepted, such as for an error
   * tracker. The tenant is null when the request's could not be found.
   */
  onError?: (error: unknown, about: { request: IncomingMessage; tenant: RuntimeTenant | null }) => void;
};

type Parts = {
  admitter: Admitter;
  support: Support;
  run: <Result>(tenant: RuntimeTenant, work: () => Result) => Result;
  observe: (tenantId: string, durationMs: number, failed: boolean) => void;
};

type Course = { tenantId: string | null; tenant: RuntimeTenant | null; failed: boolean; refused: boolean };

/** A request listener for Node's server that does all but the app's own work. It never throws. */
export function createHandler(
  parts: Parts,
  work: TenantListener,
  options: HandlerOptions = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const started = performance.now();
    const course: Course = { tenantId: null, tenant: null, failed: false, refused: false };
    response.once("close", () => {
      const { tenantId, refused } = course;
      // A framework may answer long after its listener returned.
      const failed = course.failed || (!refused && response.statusCode >= 500);
      if (tenantId !== null) parts.observe(tenantId, performance.now() - started, failed);
    });
    serve(parts, work, request, response, course).catch((error: unknown) =>
      fail(error, request, response, course, options),
    );
  };
}

async function serve(
  parts: Parts,
  work: TenantListener,
  request: IncomingMessage,
  response: ServerResponse,
  course: Course,
): Promise<void> {
  const admission = await parts.admitter.admit(request);
  const { tenant } = admission;
  course.tenantId = tenant.id;
  course.tenant = tenant;
  for (const name of parts.admitter.vary) response.appendHeader("vary", name);
  // What these visitors see is not for everybody, so that no cache may keep it; the app can still say otherwise.
  if (admission.maintenance || admission.support) response.setHeader("cache-control", "private, no-store");
  if (admission.setCookie !== undefined) response.appendHeader("set-cookie", admission.setCookie);
  if (admission.redirect !== undefined) return redirect(request, response, admission.redirect);
  if (admission.path.startsWith("/.tenantry/") && (await door(parts, request, response, admission))) return;
  const run = () => parts.run(tenant, () => work(request, response, admission));
  // What only reads can stop half-way when nobody waits for it any more; what writes goes on.
  await (request.method === "GET" || request.method === "HEAD" ? untilGone(goneOf(response), run) : run());
}

/** Aborted when the visitor goes away before the answer is complete. */
function goneOf(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  // Each of a request's queries listens, and a page may ask many at once.
  setMaxListeners(0, gone.signal);
  response.once("close", () => {
    if (!response.writableFinished) gone.abort(new AppError("unavailable", "The visitor went away."));
  });
  return gone.signal;
}

/** The same method again: a form that was sent arrives with its content. */
function redirect(request: IncomingMessage, response: ServerResponse, location: string): void {
  const headers = { location, "cache-control": "no-store", "referrer-policy": "no-referrer" };
  response.writeHead(request.method === "GET" || request.method === "HEAD" ? 302 : 307, headers).end();
}

/** Answers what concerns support access; false for every other path. */
async function door(
  { admitter, support }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  { tenant, path, search, prefix }: Admission,
): Promise<boolean> {
  const visit = admitter.visitOf(request);
  if (!visit) return false;
  const answer = await answerSupport(support, {
    ...{ method: visit.method, path, query: new URLSearchParams(search), tenantId: tenant.id, home: `${prefix}/` },
    ...{ cookies: cookiesOf(visit, supportCookie), secure: visit.https(), own: fromOwnPage(visit) },
    ...{ address: visit.address(), agent: visit.header("user-agent") ?? null },
  });
  if (answer) response.writeHead(answer.status, answer.headers).end();
  return answer !== null;
}

function fail(
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  course: Course,
  options: HandlerOptions,
): void {
  const { page = noticePage, wantsPage = acceptsHtml, notice: own } = options;
  const notice = own?.(error) ?? noticeOf(error);
  // A refusal is the platform's will, and no failure of the tenant's app.
  course.refused = error instanceof TenantRefusal;
  if (error instanceof TenantRefusal) course.tenantId ??= error.tenantId;
  else course.failed = notice.status >= 500 || response.headersSent;
  // Who went away left an AppError behind, in which nobody is interested.
  if (course.failed && !(response.destroyed && error instanceof AppError)) tell(error, request, course, options);
  // What was begun can't be taken back: an answer that breaks off is better than one that looks whole.
  if (response.headersSent) return void response.destroy();
  const { status, headers, body } = answerOf(notice, wantsPage(request) ? page : null);
  for (const name of response.getHeaderNames()) if (name !== "vary") response.removeHeader(name);
  response.appendHeader("vary", headers.vary ?? "");
  const { vary: _, ...rest } = headers;
  response.writeHead(status, rest).end(body);
}

/** Tells the log what nobody foresaw, and the app everything. */
function tell(error: unknown, request: IncomingMessage, { tenant }: Course, { onError }: HandlerOptions): void {
  // A query may hold what is secret: a token, a search.
  const [path] = (request.url ?? "").split("?", 1);
  const about = { tenant: tenant?.slug ?? null, method: request.method, path };
  if (!(error instanceof AppError)) log().error({ err: error, ...about }, "a tenant's request failed");
  try {
    onError?.(error, { request, tenant });
  } catch (err) {
    log().error({ err, ...about }, "onError of the runtime's handler failed");
  }
}

function acceptsHtml({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes("text/html") ?? false;
}
