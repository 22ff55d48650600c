import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { AppError, problems } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import { sqlState } from "@/lib/platform/postgres";
import { TenantRefusal } from "@/lib/runtime/refusal";
import type { Runtime } from "@/lib/runtime/runtime";
import { noticePage } from "./html";
import { type Asked, type Reply, routes } from "./routes";

const bodyLimit = 16_384;

/** Answers one request: its host names the tenant, its method and path the route. Never throws. */
export async function answer(runtime: Runtime, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const url = URL.canParse(request.url ?? "", "http://shop") ? new URL(request.url ?? "", "http://shop") : null;
  if (url?.pathname === "/health") return send(response, { status: 200, json: { ok: true } });
  let tenantId: string | null = null;
  let reply: Reply;
  let wait: number | undefined;
  try {
    const tenant = await runtime.resolve(request.headers.host);
    tenantId = tenant.id;
    reply = await runtime.runInTenant(tenant, () => route(runtime, request, url));
  } catch (error) {
    const failure = failureOf(error);
    if (error instanceof TenantRefusal) tenantId = error.tenantId;
    wait = failure.retryAfter;
    reply = url?.pathname.startsWith("/api/")
      ? { status: failure.status, json: { title: failure.title, detail: failure.message, status: failure.status } }
      : { status: failure.status, html: noticePage(failure.title, failure.message) };
  }
  send(response, reply, wait);
  if (tenantId) runtime.observe(tenantId, performance.now() - started, reply.status >= 500);
}

async function route(runtime: Runtime, request: IncomingMessage, url: URL | null): Promise<Reply> {
  const found = url && routes[`${request.method} ${url.pathname}`];
  if (!found) throw new AppError("not_found", "There is no such page in this shop.");
  const asked: Asked = { search: url.searchParams, body: () => readJson(request) };
  return await found(runtime, asked);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > bodyLimit) throw new AppError("invalid", `A request has at most ${bodyLimit} bytes.`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid", "The request is not JSON.", { cause });
  }
}

type Failure = { status: number; title: string; message: string; retryAfter?: number | undefined };

function failureOf(error: unknown): Failure {
  if (error instanceof AppError) {
    const { status, title } = problems[error.code];
    const word = error instanceof TenantRefusal ? titles[error.refusal] : title;
    return { status, title: word, message: error.message, retryAfter: error.retryAfter };
  }
  // undefined_table: an adopted database holds its own app's tables, not this sample's.
  if (sqlState(error) === "42P01") return noShop;
  log().error({ error: String(error) }, "a shop request failed");
  return { ...problems.internal, message: "Try again; if it goes on, tell the shop." };
}

const noShop: Failure = {
  status: 404,
  title: "No sample shop in this database",
  message: "It was adopted with tables of its own. The app that they belong to would answer here.",
};

const titles: Record<TenantRefusal["refusal"], string> = {
  unknown: "No shop here",
  deleted: "This shop has closed",
  deleting: "This shop is closing",
  suspended: "This shop is suspended",
  blocked: "This shop is blocked",
  inactive: "This shop is closed for now",
  provisioning: "This shop opens soon",
  failed: "This shop opens soon",
  maintenance: "Back shortly",
};

function send(response: ServerResponse, reply: Reply, retryAfter?: number): void {
  const html = "html" in reply;
  response.writeHead(reply.status, {
    "content-type": html ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(html ? { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:" } : {}),
    ...(retryAfter ? { "retry-after": String(retryAfter) } : {}),
  });
  response.end(html ? reply.html : JSON.stringify(reply.json));
}
