import { Agent, request } from "node:http";
import { percentile, round } from "./measuring";

export type Answered = { ms: number; status: number; bytes: number };

/** Asks once over a kept connection and reads the answer to its end. */
export function ask(agent: Agent, origin: string, path: string, headers: Record<string, string>): Promise<Answered> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { agent, headers }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.once("end", () => resolve({ ms: performance.now() - started, status: response.statusCode ?? 0, bytes }));
      response.once("error", reject);
    });
    sent.once("error", reject);
    sent.end();
  });
}

export type Load = {
  p50: number;
  p90: number;
  p99: number;
  most: number;
  perSecond: number;
  bytes: number;
  failed: number;
};

/** So many clients, each with a connection of its own, ask one after the other for some seconds. */
export async function load(
  clients: number,
  seconds: number,
  pathOf: (number: number) => string,
  origin: string,
  headers: Record<string, string>,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const answers: Answered[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  let number = 0;
  const client = async () => {
    while (performance.now() < until) answers.push(await ask(agent, origin, pathOf(number++), headers));
  };
  await Promise.all(Array.from({ length: clients }, client));
  const took = (performance.now() - started) / 1000;
  agent.destroy();
  const times = answers.map(({ ms }) => ms);
  const at = (share: number) => round(percentile(times, share));
  return {
    ...{ p50: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) },
    perSecond: round(answers.length / took),
    bytes: Math.round(
      percentile(
        answers.map(({ bytes }) => bytes),
        0.5,
      ),
    ),
    failed: answers.filter(({ status }) => status !== 200).length,
  };
}
