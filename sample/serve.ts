import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/kernel/errors";
import { sqlState } from "@/lib/platform/postgres";
import type { Admission } from "@/lib/runtime/admission";
import type { Notice } from "@/lib/runtime/answers";
import type { HandlerOptions } from "@/lib/runtime/handler";
import type { Runtime } from "@/lib/runtime/runtime";
import { noticePage } from "./html";
import { type Asked, type Reply, routes } from "./routes";

const bodyLimit = 16_384;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers requests: the host names the tenant, the method and path the route. `/health` is nobody's. */
export function shopListener(runtime: Runtime): Listener {
  const shop = runtime.handler(async (request, response, admission) => {
    send(response, await route(runtime, request, admission));
  }, look);
  return (request, response) => {
    if (request.url === "/health") send(response, { status: 200, json: { ok: true } });
    else shop(request, response);
  };
}

async function route(runtime: Runtime, request: IncomingMessage, { path, search, support }: Admission): Promise<Reply> {
  const found = routes[`${request.method} ${path}`];
  if (!found) throw new AppError("not_found", "There is no such page in this shop.");
  const from = originOf(request);
  const asked: Asked = { search: new URLSearchParams(search), body: () => readJson(request), support, from };
  return await found(runtime, asked);
}

function originOf({ socket, headers }: IncomingMessage): Asked["from"] {
  const { remoteAddress: ipAddress } = socket;
  const { "user-agent": userAgent } = headers;
  return { ...(ipAddress !== undefined && { ipAddress }), ...(userAgent !== undefined && { userAgent }) };
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

/** What the shop says in its own words and look when it can't serve. */
const look: HandlerOptions = {
  page: ({ title, message, refusal }) => noticePage(refusal ? titles[refusal] : title, message),
  wantsPage: ({ url, headers }) => !url?.startsWith("/api/") && (headers.accept?.includes("text/html") ?? false),
  // undefined_table: an adopted database holds its own app's tables, not this sample's.
  notice: (error) => (sqlState(error) === "42P01" ? noShop : null),
};

const noShop: Notice = {
  status: 404,
  title: "No sample shop in this database",
  message: "It was adopted with tables of its own. The app that they belong to would answer here.",
  refusal: null,
};

const titles: Record<NonNullable<Notice["refusal"]>, string> = {
  unknown: "No shop here",
  deleted: "This shop has closed",
  deleting: "This shop is closing",
  suspended: "This shop is suspended",
  blocked: "This shop is blocked",
  inactive: "This shop is closed for now",
  provisioning: "This shop opens soon",
  failed: "This shop opens soon",
  maintenance: "This shop is being worked on",
};

function send(response: ServerResponse, reply: Reply): void {
  const html = "html" in reply;
  response.writeHead(reply.status, {
    "content-type": html ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(html ? { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:" } : {}),
  });
  response.end(html ? reply.html : JSON.stringify(reply.json));
}
