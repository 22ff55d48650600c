import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { percentile, round } from "./measuring";

/** One request of a call: the number lets each be of another tenant. */
export type Request = { method: string; path: string; body?: string; headers?: Record<string, string> };
export type Target = { origin: string; headers: Record<string, string> };

type Answered = { ms: number; status: number };

export type Load = { p50: number; p99: number; most: number; perSecond: number; requests: number; failed: number };

/** So many clients, each with a connection of its own, ask one after the other for some seconds. */
export async function closedLoad(
  target: Target,
  clients: number,
  seconds: number,
  requestOf: (number: number) => Request,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const answers: Answered[] = [];
  const started = performance.now();
  let number = 0;
  const client = async () => {
    while (performance.now() - started < seconds * 1000) {
      const sent = performance.now();
      const status = await send(agent, target, requestOf(number++));
      answers.push({ ms: performance.now() - sent, status });
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const took = (performance.now() - started) / 1000;
  agent.destroy();
  return told(answers, took);
}

/**
 * So many requests a second, each at its time whether or not those before it were answered; the time of an answer counts
 * from when its request was due, so that a server that stands still is not spared.
 */
export async function openLoad(
  target: Target,
  perSecond: number,
  seconds: number,
  requestOf: (number: number) => Request,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const started = performance.now();
  const under: Promise<Answered>[] = [];
  for (let number = 0; number < perSecond * seconds; number++) {
    const due = started + (number * 1000) / perSecond;
    if (performance.now() < due) await delay(due - performance.now());
    under.push(send(agent, target, requestOf(number)).then((status) => ({ ms: performance.now() - due, status })));
  }
  const answers = await Promise.all(under);
  const took = (performance.now() - started) / 1000;
  agent.destroy();
  return told(answers, took);
}

function told(answers: Answered[], seconds: number): Load {
  const times = answers.map(({ ms }) => ms);
  const at = (share: number) => round(percentile(times, share));
  return {
    ...{ p50: at(0.5), p99: at(0.99), most: at(1) },
    perSecond: round(answers.length / seconds),
    requests: answers.length,
    failed: answers.filter(({ status }) => status < 200 || status > 299).length,
  };
}

/** Asks once over a kept connection, reads the answer to its end, and says its status. */
export function send(agent: Agent, target: Target, { method, path, body, headers }: Request): Promise<number> {
  return new Promise((resolve, reject) => {
    const own = { ...target.headers, ...headers, ...(body && { "content-type": "application/json" }) };
    const sent = request(`${target.origin}${path}`, { agent, method, headers: own }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
      response.once("error", reject);
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
