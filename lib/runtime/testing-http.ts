import { once } from "node:events";
import { createServer, type RequestListener, request } from "node:http";
import type { AddressInfo } from "node:net";

export type Got = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
export type Wish = { host?: string; method?: string; headers?: Record<string, string>; body?: string };

export type TestSite = {
  port: number;
  ask: (path: string, wish?: Wish) => Promise<Got>;
  close: () => Promise<void>;
};

/** For tests: a real server on this machine, and a client that can send any Host header. */
export async function testSite(listener: RequestListener): Promise<TestSite> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    ask: async (path, { host = "amber.localhost", method = "GET", headers = {}, body = "" } = {}) => {
      const sent = request({ host: "127.0.0.1", port, path, method, headers: { host, ...headers }, agent: false });
      sent.end(body);
      const [response] = await once(sent, "response");
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      return { status: response.statusCode, headers: response.headers, body: text };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
