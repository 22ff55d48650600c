import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { canonicalAddress } from "@/lib/kernel/addresses";
import { claimRemote, remoteHeader } from "@/lib/platform/front-token";
import { log } from "@/lib/platform/log";
import { answer, answerRaw, drain } from "./answer";
import { securityHeaders } from "./policy";
import { isUpload, type Rules, refusalOf, refusalOfError } from "./refusal";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** How long a sender may take, in milliseconds. */
export type Timeouts = { headers: number; request: number; check: number };

const usual: Timeouts = { headers: 10_000, request: 30_000, check: 1000 };

/** What a client may not say for itself: what the front says instead, what Next believes, and what makes a page's policy. */
const notFromClients = [
  remoteHeader,
  "forwarded",
  "x-real-ip",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-nonce",
  "content-security-policy",
  "content-security-policy-report-only",
  // There are no server actions: Next would only write into the log, as it is, what this holds.
  "next-action",
];

/** The server before everything: it passes on what is whole, in time and meant for us, and says who sent it. */
export function createFront(rules: Rules, handle: Handler, timeouts: Timeouts = usual): Server {
  const https = rules.url.startsWith("https:");
  const headers = securityHeaders(https);
  const answering = new WeakMap<Duplex, ServerResponse>();
  const server = createServer({
    headersTimeout: timeouts.headers,
    // Each request has a time of its own: see hurry.
    requestTimeout: 0,
    connectionsCheckingInterval: timeouts.check,
    maxHeaderSize: 16 * 1024,
    // Longer than the proxies in front usually keep theirs, so that none sends into a connection that just ended.
    keepAliveTimeout: 75_000,
    requireHostHeader: false,
    noDelay: true,
  });
  server.maxRequestsPerSocket = 1000;
  // Node would drop the headers above a number in silence; the count is checked instead.
  server.maxHeadersCount = 0;

  const serve = (request: IncomingMessage, response: ServerResponse, goOn?: () => void) => {
    if (answering.get(request.socket)?.writableFinished !== false) answering.set(request.socket, response);
    const { socket } = request;
    response.once("finish", () => drain(request, socket));
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const refusal = refusalOf(request, rules);
    hurry(request, response, timeouts.request, () => server.emit("clientError", tooSlow(), request.socket));
    if (refusal) return answer(request, response, refusal);
    goOn?.();
    for (const name of notFromClients) delete request.headers[name];
    request.headers[remoteHeader] = claimRemote(canonicalAddress(request.socket.remoteAddress ?? "") ?? "");
    request.headers["x-forwarded-proto"] = https ? "https" : "http";
    void pass(request, response, handle);
  };
  server.on("request", (request, response) => serve(request, response));
  server.on("checkContinue", (request, response) => serve(request, response, () => response.writeContinue()));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const current = answering.get(socket);
    const begun = current?.headersSent && !current.writableFinished;
    const silent = "bytesRead" in socket && socket.bytesRead === 0;
    if (begun || silent || !socket.writable) socket.destroy();
    else answerRaw(socket, refusalOfError(error.code), headers);
  });
  return server;
}

const tooSlow = () =>
  Object.assign(new Error("The request did not arrive in time."), { code: "ERR_HTTP_REQUEST_TIMEOUT" });

/** A body has to arrive within `ms` milliseconds; a file that is uploaded may take longer, as long as it keeps coming. */
function hurry(request: IncomingMessage, response: ServerResponse, ms: number, late: () => void): void {
  const { socket, headers } = request;
  if (headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0) return;
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    const goesOn = isUpload(request) && !response.writableEnded && socket.bytesRead > seen;
    seen = socket.bytesRead;
    if (goesOn) return;
    clearInterval(timer);
    if (!request.complete) late();
  }, ms);
  timer.unref();
  for (const end of ["end", "close"]) request.once(end, () => clearInterval(timer));
}

async function pass(request: IncomingMessage, response: ServerResponse, handle: Handler): Promise<void> {
  try {
    await handle(request, response);
  } catch (error) {
    // The sender has gone: nobody is left to tell.
    if (request.destroyed && !request.complete) return;
    // Without the query: it may hold what nobody should read in a log.
    const path = request.url?.split("?", 1)[0];
    log().error(
      { path, error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      "a request failed",
    );
    if (response.headersSent) return void response.destroy();
    const detail = "Something went wrong here. The log has it.";
    answer(request, response, { status: 500, title: "Something went wrong here", code: "internal", detail });
  }
}
