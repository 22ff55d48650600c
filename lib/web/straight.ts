import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { NextRequest } from "next/server";
import { apiRoutes, type RouteHandler } from "./api-routes";
import type { Handler } from "./front";

const compressed = promisify(gzip);

/** From here on an answer is worth compressing, in bytes. */
const worthCompressing = 1024;

/**
 * Calls the API's handlers straight from the front, in the application that Next built: its router, made for pages, takes
 * several times what most of the API's answers take. Everything else, and what is not found, is left to Next.
 */
export function straight(folder: string, url: string, next: Handler): Handler {
  const routeFor = apiRoutes(folder);
  const { origin } = new URL(url);
  return async (request, response) => {
    const target = request.url ?? "";
    const found = routeFor(target.split("?", 1)[0] ?? "");
    const handler = (await found?.handlers())?.[request.method ?? ""];
    if (!found || typeof handler !== "function") return await next(request, response);
    const asked = webRequest(request, response, origin + target);
    const answer = await (handler as RouteHandler)(asked, { params: Promise.resolve(found.params) });
    await send(request, response, answer);
  };
}

function webRequest(request: IncomingMessage, response: ServerResponse, url: string): NextRequest {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    for (const one of [value ?? []].flat()) headers.append(name, one);
  const left = new AbortController();
  response.once("close", () => response.writableFinished || left.abort());
  const { method = "GET" } = request;
  const empty = method === "GET" || method === "HEAD" || request.headers["content-length"] === "0";
  // Node's and the browser's types of the same stream differ.
  const body = empty ? undefined : (Readable.toWeb(request) as unknown as ReadableStream);
  return new NextRequest(url, {
    ...{ method, headers, signal: left.signal },
    ...(body && { body, duplex: "half" as const }),
  });
}

async function send(request: IncomingMessage, response: ServerResponse, answer: Response): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== "set-cookie") response.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  const whole = /[/+]json(;|$)/.test(answer.headers.get("content-type") ?? "");
  if (!answer.body || request.method === "HEAD") return void response.end();
  if (whole) return await sendWhole(request, response, Buffer.from(await answer.arrayBuffer()));
  response.flushHeaders();
  try {
    await pipeline(Readable.fromWeb(answer.body as unknown as WebStream), response);
  } catch (error) {
    // Whoever left needs no answer; what broke off is told by a broken connection, and has been logged where it broke.
    if (!response.destroyed) response.destroy(error instanceof Error ? error : undefined);
  }
}

async function sendWhole(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
  const gzipped = body.length >= worthCompressing && takesGzip(request.headers["accept-encoding"]);
  const sent = gzipped ? await compressed(body) : body;
  if (body.length >= worthCompressing) response.appendHeader("vary", "Accept-Encoding");
  if (gzipped) response.setHeader("content-encoding", "gzip");
  response.setHeader("content-length", sent.length);
  response.end(sent);
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  return /(^|,)\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/i.test(String(accepted ?? ""));
}
