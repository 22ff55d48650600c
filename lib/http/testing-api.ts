import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { NextRequest } from "next/server";
import { routes } from "@/lib/sdk/generated";
import { routeOf } from "./testing";

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

export type ServedApi = {
  url: string;
  /** What was asked, such as "GET /api/tenancy/tenants", in order. */
  asked: string[];
  close(): void;
};

/** For tests: serves the API over HTTP by the very handlers that the web server calls, on a port of its own. */
export async function serveApi(): Promise<ServedApi> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${new URL(request.url ?? "", "http://localhost").pathname}`);
    void answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url, asked, close };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "", "http://localhost:3000");
  const found = find(url.pathname);
  if (!found) return void response.writeHead(404).end();
  const { file, settled } = routeOf(found.path);
  const handlers = (await import(/* @vite-ignore */ join(process.cwd(), file))) as Record<string, Handler>;
  const handler = handlers[request.method ?? ""];
  if (!handler) return void response.writeHead(405).end();
  const init = {
    method: request.method ?? "",
    headers: request.headers as Record<string, string>,
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  };
  const answer = await handler(new NextRequest(url, init), {
    params: Promise.resolve({ ...found.params, ...settled }),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body) await pipeline(Readable.fromWeb(answer.body as never), response);
  else response.end();
}

/** The address that a request is for; words come before parameters. */
function find(pathname: string): { path: string; params: Record<string, string> } | undefined {
  const paths = [...new Set(Object.values(routes).map((one) => one.path))].sort((a, b) => order(a) - order(b));
  for (const path of paths) {
    const match = new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`).exec(pathname);
    const params = Object.entries(match?.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    if (match) return { path, params: Object.fromEntries(params) };
  }
  return undefined;
}

const order = (path: string) => path.split("{").length;
