import { createConnection } from "node:net";
import { AppError } from "@/lib/kernel/errors";

const patienceMs = 5000;

/**
 * Opens a TCP connection and closes it: that something listens there is all it shows. Throws `invalid` at `pooler.host`
 * or `pooler.port`, whichever is to be looked at.
 */
export async function reachPooler({ host, port }: { host: string; port: number }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection({ host, port });
    const end = (error?: AppError) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    const timer = setTimeout(() => end(refused("host", `${host} did not answer within 5 s.`)), patienceMs);
    socket.once("connect", () => end());
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "ECONNREFUSED") end(refused("port", `Nothing listens on port ${port} of ${host}.`));
      else end(refused("host", `${host} can't be reached (${code}).`));
    });
  });
}

function refused(field: "host" | "port", message: string): AppError {
  return new AppError("invalid", message, { fields: { [`pooler.${field}`]: message } });
}
