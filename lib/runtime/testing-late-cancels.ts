import { createServer, connect as dial } from "node:net";

/** A way to a server on which requests to cancel arrive late, as on a network that stalls. */
export async function lateCancels(behind: { host: string; port: number }, milliseconds: number) {
  const proxy = createServer((visitor) => {
    const server = dial(behind.port, behind.host);
    visitor.on("error", () => undefined).on("close", () => setTimeout(() => server.end(), 2 * milliseconds).unref());
    server.on("error", () => undefined).on("close", () => visitor.destroy());
    server.on("data", (data) => visitor.write(data));
    visitor.once("data", (first) => {
      // 80877102 is the code of a CancelRequest, which is all that is ever said on such a connection.
      const cancels = first.length >= 8 && first.readInt32BE(4) === 80877102;
      if (cancels) setTimeout(() => server.write(first), milliseconds);
      else server.write(first);
      visitor.on("data", (data) => server.write(data));
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  const port = address && typeof address === "object" ? address.port : 0;
  return { port, close: () => void proxy.close() };
}
