import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { MailSettings } from "./settings";

/** For tests: what a server says at each stage of a session; null: it drops the connection without a word. */
export type Stages = Partial<Record<"greeting" | "EHLO" | "HELO" | "AUTH" | "MAIL" | "RCPT" | "DATA", string | null>>;

/** For tests: a server that takes part in each session up to the stage that it is told to answer otherwise. */
export type StagedMail = { settings: MailSettings; connections: () => number; close: () => Promise<void> };

const usual: Stages = {
  greeting: "220 here",
  EHLO: "250-here\r\n250 AUTH PLAIN",
  AUTH: "235 Welcome",
  DATA: "354 Go on",
};

/** For tests: starts such a server on a free port. */
export async function stagedMail(stages: Stages): Promise<StagedMail> {
  let connections = 0;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    connections++;
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => undefined);
    const say = (stage: string) => {
      const said = { ...usual, ...stages }[stage as keyof Stages];
      if (said === null) socket.destroy();
      else socket.write(`${said ?? "250 Fine"}\r\n`);
    };
    say("greeting");
    createInterface({ input: socket }).on("line", (line) => say(line.split(/[ :]/)[0] ?? ""));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      ...{ host: "127.0.0.1", port, secure: false, requireTls: false, login: null, domains: [] },
      from: { name: "Tenantry", address: "reports@example.com" },
    },
    connections: () => connections,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
