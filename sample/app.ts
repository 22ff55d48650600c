import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { createRuntime, type Runtime } from "@/lib/runtime/runtime";
import { shopListener } from "./serve";
import { stopSignal } from "./stopping";

/**
 * The sample tenant app: `node --import tsx sample/app.ts [--host 127.0.0.1]`. Each `{slug}.localhost` (or other
 * `TENANTRY_APP_DOMAIN`) is a shop that answers from that tenant's own database. Tells its parent, where there is one, when it is ready.
 */
const stop = stopSignal();
const runtime = createRuntime({ app: "Sample shop", baseDomain: env().TENANTRY_APP_DOMAIN });
const server = createServer(shopListener(runtime));
const host = process.argv[process.argv.indexOf("--host") + 1];
const port = env().TENANTRY_APP_PORT;
server.listen(port, process.argv.includes("--host") && host ? host : "127.0.0.1");
await once(server, "listening");
log().info({ port }, "the sample app answers");
process.send?.({ type: "ready", port });
if (!stop.aborted) await once(stop, "abort");
await end(server, runtime);
// An open IPC channel would keep a finished process alive.
if (process.connected) process.disconnect();

/** Lets requests under way finish, for five seconds at most, then closes the connections to the databases. */
async function end(open: Server, used: Runtime): Promise<void> {
  const closed = once(open, "close");
  open.close();
  open.closeIdleConnections();
  const late = setTimeout(() => open.closeAllConnections(), 5000);
  await closed;
  clearTimeout(late);
  await used.close();
}
