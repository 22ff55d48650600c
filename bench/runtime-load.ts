import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export type Load = {
  /** The ports of the web processes. */
  ports: number[];
  /** Host headers, asked in turn. */
  hosts: string[];
  /** Requests at a time to each process. */
  concurrency: number;
  ms: number;
  /** Milliseconds of rest after each answer; none unless told. */
  pauseMs?: number;
};

/** What was answered: how often a second, and in how many milliseconds each. */
export type Answered = { perSecond: number; times: number[] };

/** Asks over kept connections, as plainly as it can, so that little of the machine goes to asking. */
export async function load({ ports, hosts, concurrency, ms, pauseMs = 0 }: Load): Promise<Answered> {
  const times: number[] = [];
  const until = performance.now() + ms;
  const started = performance.now();
  const clients = ports.flatMap((port) => Array.from({ length: concurrency }, (_, first) => ({ port, first })));
  await Promise.all(clients.map(({ port, first }) => client({ port, hosts, first, until, pauseMs }, times)));
  return { perSecond: (times.length / (performance.now() - started)) * 1000, times };
}

type Client = { port: number; hosts: string[]; first: number; until: number; pauseMs: number };

async function client({ port, hosts, first, until, pauseMs }: Client, times: number[]): Promise<void> {
  const socket = connect(port, "127.0.0.1").setNoDelay(true).setEncoding("latin1");
  for (let turn = first; performance.now() < until; turn++) {
    const started = performance.now();
    const answer = await ask(socket, hosts[turn % hosts.length] ?? "");
    times.push(performance.now() - started);
    if (pauseMs > 0) await delay(pauseMs);
    if (!answer.startsWith("HTTP/1.1 200")) throw new Error(`The app answered: ${answer.slice(0, 400)}`);
  }
  socket.destroy();
}

function ask(socket: Socket, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const done = (error?: Error) => {
      socket.off("data", onData).off("error", done).off("close", onClose);
      if (error) reject(error);
      else resolve(text);
    };
    const onClose = () => done(new Error("The app closed the connection."));
    const onData = (chunk: string) => {
      text += chunk;
      if (isWhole(text)) done();
    };
    socket.on("data", onData).once("error", done).once("close", onClose);
    socket.write(`GET /visits/7 HTTP/1.1\r\nhost: ${host}\r\naccept: application/json\r\n\r\n`);
  });
}

function isWhole(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(text)?.[1];
  return head >= 0 && length !== undefined && text.length >= head + 4 + Number(length);
}
