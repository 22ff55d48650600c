import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { systemClock } from "@/lib/kernel/clock";
import { problems, problemType } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Refusal } from "./refusal";

/** How long a sender whose body is not read may go on sending, in milliseconds, so that it gets to read the answer. */
const patience = 1000;

/** Answers a request without asking Next: a short page for a person's browser, problem details for everybody else. */
export function answer(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const forPerson = request.headers["sec-fetch-mode"] === "navigate";
  const body = forPerson ? page(refusal) : problem(refusal);
  response.writeHead(refusal.status, {
    "content-type": forPerson ? "text/html; charset=utf-8" : "application/problem+json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}

/**
 * Lets what is left of an answered request's body go by, so that the sender gets to read its answer. Node does so only
 * when nobody began to read; what a handler left half read would hold up the connection and its next request. The socket
 * is told, since a request whose reading was given up has none any more.
 */
export function drain(request: IncomingMessage, socket: Duplex): void {
  if (!request.destroyed && !request.readableEnded) {
    request.unpipe();
    for (const event of ["data", "readable"]) request.removeAllListeners(event);
    request.resume();
  }
  if (request.complete) return;
  const cut = setTimeout(() => request.complete || socket.destroy(), patience);
  cut.unref();
  request.once("end", () => clearTimeout(cut));
}

/** Answers on a connection whose request Node could not read, and ends it. */
export function answerRaw(socket: Duplex, refusal: Refusal, headers: Record<string, string>): void {
  const body = problem(refusal);
  const lines = Object.entries({
    ...headers,
    "content-type": "application/problem+json",
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": "no-store",
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join("")}\r\n`;
  socket.end(head + body, () => socket.destroy());
}

function problem({ status, title, code, detail }: Refusal): string {
  // What HTTP alone speaks of has no kind of its own: RFC 9457 calls it about:blank.
  const type = problems[code].status === status ? problemType(code) : "about:blank";
  return JSON.stringify({ type, title, status, detail, code, requestId: newId(systemClock()) });
}

function page({ title, detail }: Refusal): string {
  const text = detail.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title} · Tenantry</title><h1>${title}</h1><p>${text}</p></html>`;
}
