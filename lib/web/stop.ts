import type { Server, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** Gives back how to stop the server: live streams end at once, everything else has some milliseconds to be answered. */
export function stopper(server: Server, grace = 3000): () => Promise<void> {
  const open = new Set<ServerResponse>();
  server.prependListener("request", (_, response: ServerResponse) => {
    open.add(response);
    response.once("close", () => {
      open.delete(response);
      // A connection kept for a next request would hold up the end.
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
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
