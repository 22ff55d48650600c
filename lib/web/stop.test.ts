import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { stopper } from "./stop";

let server: Server;
afterEach(() => server.closeAllConnections());

async function started(grace: number): Promise<{ port: number; stop: () => Promise<void> }> {
  server = createServer(async (request, response) => {
    if (request.url === "/stream") {
      response.setHeader("content-type", "text/event-stream");
      return void response.write(":");
    }
    if (request.url === "/stuck") return;
    await delay(200);
    response.end("answered");
  });
  const stop = stopper(server, grace);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, stop };
}

/** What has arrived when the connection ends. */
function read(port: number, path: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const request = get({ port, host: "127.0.0.1", path }, (response) => {
      response.on("data", (chunk) => (text += String(chunk)));
      for (const event of ["end", "error", "close"]) response.on(event, () => resolve(text));
    });
    request.on("error", () => resolve(text));
  });
}

test("a stop ends live streams at once and lets answers that have begun come through", async () => {
  const { port, stop } = await started(10_000);
  const [stream, answer] = [read(port, "/stream"), read(port, "/")];
  await delay(100);
  const before = Date.now();
  await stop();
  expect(Date.now() - before).toBeLessThan(9000);
  expect(await stream).toBe(":");
  expect(await answer).toBe("answered");
});

test("an answer that never comes does not hold up a stop", async () => {
  const { port, stop } = await started(500);
  const stuck = read(port, "/stuck");
  await delay(100);
  const before = Date.now();
  await stop();
  expect(Date.now() - before).toBeLessThan(1500);
  expect(await stuck).toBe("");
});
