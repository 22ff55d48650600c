import { createServer, type Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import next from "next";
import { checkTwoPersons } from "@/lib/bulk/two-persons";
import { env } from "@/lib/platform/env";
import { isOwnHost, isOwnOrigin } from "@/lib/platform/hosts";
import { createFront, type Handler } from "./front";
import { stopper } from "./stop";

/** Runs the web process until it is told to stop. */
export async function runWeb(args: string[]): Promise<void> {
  process.on("disconnect", () => process.exit(0));
  checkTwoPersons();
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", short: "p", default: "3000" },
      host: { type: "string", short: "H", default: "127.0.0.1" },
      dev: { type: "boolean", default: false },
    },
  });
  const [dev, port, hostname] = [values.dev, Number(values.port), values.host];
  // Next takes upgrades on a server of its own that never listens, so that none gets past the front.
  const upgrades = createServer();
  const app = next({ dev, dir: process.cwd(), hostname, port, httpServer: upgrades });
  await app.prepare();
  const server = createFront({ url: env().TENANTRY_URL, isOwnHost, development: dev }, await handlerOf(app, dev));
  if (dev) passUpgrades(server, upgrades);
  const stop = stopper(server);
  const end = async () => {
    await stop();
    await Promise.race([app.close(), delay(2000)]);
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, hostname, resolve));
}

/** Next answers everything in development, where it takes up changes; else everything but the API. */
async function handlerOf(app: NextServer, dev: boolean): Promise<Handler> {
  if (dev) return app.getRequestHandler();
  // Only now: Next has to be prepared before anything of it is loaded.
  const { straight } = await import("./straight");
  return straight(process.cwd(), env().TENANTRY_URL, app.getRequestHandler());
}

type NextServer = ReturnType<typeof next>;

function passUpgrades(server: Server, upgrades: Server): void {
  server.on("upgrade", (request, socket, head) => {
    const { host = "", origin } = request.headers;
    const own = isOwnHost(host) && (origin === undefined || isOwnOrigin(origin));
    if (!own || !upgrades.emit("upgrade", request, socket, head)) socket.destroy();
  });
}
