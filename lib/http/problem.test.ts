import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { POST as acceptInvitation } from "@/app/api/tenancy/join/[token]/route";
import { stopCounting } from "@/lib/keys/rate-limit";
import { log } from "@/lib/platform/log";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { problem } from "./problem";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});
beforeEach(() => {
  vi.restoreAllMocks();
});

const headers = { "content-type": "application/json" };
const post = (body: BodyInit) =>
  new NextRequest("http://localhost:3000/api/tenancy/join/x", {
    method: "POST",
    headers,
    body,
    duplex: "half",
  } as never);

test("JSON that is nested without end is refused at its field", async () => {
  const failed = vi.spyOn(log(), "error");
  const nested = `{"name":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  const response = await acceptInvitation(post(nested), { params: Promise.resolve({ token: "x" }) });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ errors: { name: "This is nested too deeply." } });
  expect(failed).not.toHaveBeenCalled();
});

test("an upload that its sender breaks off is no error", async () => {
  const failed = vi.spyOn(log(), "error");
  const noted = vi.spyOn(log(), "debug");
  const server = createServer((request) => {
    const body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
    void acceptInvitation(post(body), { params: Promise.resolve({ token: "x" }) });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{", () =>
    setTimeout(() => socket.destroy(), 100),
  );
  await vi.waitFor(() => expect(noted).toHaveBeenCalledWith(expect.anything(), "the sender left before the answer"), {
    timeout: 3000,
  });
  await problem(Object.assign(new Error("aborted"), { code: "ECONNRESET" }), "id").text();
  expect(failed).not.toHaveBeenCalled();
  server.close();
});

test("a database connection that breaks is one", async () => {
  const failed = vi.spyOn(log(), "error");
  const broken = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  expect(problem(broken, "id").status).toBe(503);
  expect(failed).toHaveBeenCalled();
});
