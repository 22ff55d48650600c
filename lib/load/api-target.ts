import { Agent, type RequestOptions, request as sendHttp } from "node:http";
import { request as sendHttps, Agent as TlsAgent } from "node:https";
import type { Answer, Request } from "./answer";
import { kindOf } from "./kind-of";

/** Requests to an API: a kept connection for each client, nothing sent again, and each answer read to its end. */
export type ApiTarget = { request: Request; close: () => void };

/** Asks paths in turn, with GET. What a limit refuses (429) is told apart from what fails. */
export function apiTarget(url: string, key: string | undefined, paths: readonly string[], clients: number): ApiTarget {
  const secure = new URL(url).protocol === "https:";
  const agent = secure
    ? new TlsAgent({ keepAlive: true, maxSockets: clients })
    : new Agent({ keepAlive: true, maxSockets: clients });
  const send = secure ? sendHttps : sendHttp;
  const headers = { accept: "*/*", ...(key !== undefined && { authorization: `Bearer ${key}` }) };
  let turn = 0;
  const request: Request = (_client, signal) => {
    const target = new URL(paths[turn++ % paths.length] ?? "/", url);
    return new Promise<Answer>((resolve) => {
      const options: RequestOptions = { agent, headers, signal, timeout: 30_000 };
      const sent = send(target, options, (response) => {
        response.resume();
        response.once("end", () => resolve(answerOf(response.statusCode ?? 0)));
        response.once("error", (error) => resolve(kindOf(error)));
      });
      sent.once("timeout", () => sent.destroy(Object.assign(new Error("no answer"), { code: "no answer in 30 s" })));
      sent.once("error", (error) => resolve(kindOf(error)));
      sent.end();
    });
  };
  return { request, close: () => agent.destroy() };
}

function answerOf(status: number): Answer {
  if (status >= 200 && status < 300) return { kind: "done" };
  return status === 429 ? { kind: "limited", what: "429" } : { kind: "failed", what: `status ${status}` };
}
