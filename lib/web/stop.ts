import type { Server, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** How long answers that have begun may take to end, in milliseconds. */
const grace = 3000;

/** Gives back how to stop the server: live streams end at once, everything else gets a moment to be answered. */
export function stopper(server: Server): () => Promise<void> {
  const open = new Set<ServerResponse>();
  server.prependListener("request", (_, response: ServerResponse) => {
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const response of open) {
      if (String(response.getHeader("content-type")).startsWith("text/event-stream")) response.destroy();
    }
    await Promise.race([closed, delay(grace)]);
    server.closeAllConnections();
  };
}
