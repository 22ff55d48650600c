import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { endMaintenance } from "@/lib/maintenance/end-maintenance";
import { startMaintenance } from "@/lib/maintenance/start-maintenance";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { freePort } from "@/lib/platform/free-port";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { endSupport } from "@/lib/support/end-support";
import { makeShop } from "./testing-shop";

let control: TestControl;
let shop: TestTenant;
/** Two processes of the app, as a platform runs them. */
const apps: { port: number; child: ChildProcess }[] = [];
const userId = newId(new Date());

beforeAll(async () => {
  control = await testControl();
  shop = await makeShop(control, "corner-shop");
  const person = { id: userId, email: "ada@example.com", name: "Ada <b>", role: "operator", passwordHash: "none" };
  await controlDb().user.create({ data: person });
  for (const _ of [1, 2]) apps.push(await startApp());
});
afterAll(async () => {
  for (const { child } of apps) child.kill("SIGKILL");
  await control.close();
});

async function startApp(): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "sample/app.ts"], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, TENANTRY_APP_PORT: String(port) },
  });
  await once(child, "message");
  return { port, child };
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

async function ask(app: number, path = "/", more: { method?: string; cookie?: string } = {}): Promise<Answer> {
  const { method = "GET", cookie } = more;
  const page = { accept: "text/html", "sec-fetch-site": "same-origin" };
  const headers = { host: "corner-shop.localhost", ...page, ...(cookie && { cookie }) };
  const sent = request({ host: "127.0.0.1", port: apps[app]?.port, path, method, headers, agent: false });
  sent.end();
  const [response] = await once(sent, "response");
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

/** A link, used at the first process; the cookie that came of it. */
async function enter(): Promise<{ id: string; token: string; cookie: string }> {
  const [id, token, now] = [newId(new Date()), randomToken(), new Date()];
  const later = (ms: number) => new Date(now.getTime() + ms);
  await controlDb().supportAccess.create({
    data: {
      ...{ id, tenantId: shop.id, userId, userEmail: "ada@example.com", userName: "Ada <b>", reason: "Ticket <7>" },
      ...{ tokenHash: sha256(token), createdAt: now, expiresAt: later(60_000), sessionEnds: later(1_800_000) },
    },
  });
  const { status, headers } = await ask(0, `/.tenantry/support?token=${token}`);
  expect([status, headers.location, headers["referrer-policy"]]).toEqual([303, "/", "no-referrer"]);
  return { id, token, cookie: String(headers["set-cookie"]).split(";")[0] ?? "" };
}

const bannered = async (app: number, cookie: string) =>
  (await ask(app, "/", { cookie })).body.includes('class="support"');

test("who came in by a link is told so by every process, escaped, and nobody else is", async () => {
  const { cookie, token } = await enter();
  for (const app of [0, 1]) {
    const { status, body, headers } = await ask(app, "/", { cookie });
    expect(status).toBe(200);
    expect(body).toContain("Support session of <bdi>Ada &#60;b&#62;</bdi>");
    expect(body).toContain("Ticket &#60;7&#62;");
    expect(headers["cache-control"]).toContain("no-store");
  }
  expect((await ask(0)).body).not.toContain('class="support"');
  const again = await ask(1, `/.tenantry/support?token=${token}`);
  expect(again.status).toBe(403);
  expect(again.body).toContain("This link was used already");
});

test("a session that is ended in the console is forgotten by every process within a second", async () => {
  const { id, cookie } = await enter();
  expect(await Promise.all([bannered(0, cookie), bannered(1, cookie)])).toEqual([true, true]);
  await perform(endSupport, as("admin"), { id: shop.id, access: id });
  const gone = async () =>
    expect(await Promise.all([bannered(0, cookie), bannered(1, cookie)])).toEqual([false, false]);
  await vi.waitFor(gone, { timeout: 1000, interval: 20 });
});

test("leaving the app ends the session for good, in every process", async () => {
  const { id, cookie } = await enter();
  expect(await bannered(1, cookie)).toBe(true);
  const left = await ask(0, "/.tenantry/support/leave", { method: "POST", cookie });
  expect([left.status, left.headers.location]).toEqual([303, "/"]);
  await vi.waitFor(async () => expect(await bannered(1, cookie)).toBe(false), { timeout: 1000, interval: 20 });
  expect((await controlDb().supportAccess.findUniqueOrThrow({ where: { id } })).endedAt).not.toBeNull();
});

test("maintenance from the console is every process's answer within a second, passed by its link, ended as quickly", async () => {
  const { cookie } = await enter();
  expect([(await ask(0)).status, (await ask(1)).status]).toEqual([200, 200]);
  const words = { message: "Back at <six>.", retryAfterSeconds: 90 };
  const { bypassToken } = await perform(startMaintenance, as("operator"), { id: shop.id, ...words });
  const answers = async (status: number) => {
    for (const app of [0, 1]) expect((await ask(app)).status).toBe(status);
  };
  await vi.waitFor(() => answers(503), { timeout: 1000, interval: 20 });
  const { headers, body } = await ask(1);
  expect(headers["retry-after"]).toBe("90");
  expect(body).toContain("Back at &#60;six&#62;.");
  // Who is in as support goes on; the bypass link becomes a cookie that both processes take.
  expect(await bannered(1, cookie)).toBe(true);
  const passed = await ask(0, `/?tenantry_bypass=${bypassToken}`);
  expect([passed.status, passed.headers.location]).toEqual([302, "/"]);
  const pass = String(passed.headers["set-cookie"]).split(";")[0] ?? "";
  expect((await ask(1, "/", { cookie: pass })).status).toBe(200);
  // Started again, the token of before is worth nothing.
  await perform(startMaintenance, as("operator"), { id: shop.id, ...words });
  await vi.waitFor(async () => expect((await ask(1, "/", { cookie: pass })).status).toBe(503), {
    timeout: 1000,
    interval: 20,
  });
  await perform(endMaintenance, as("operator"), { id: shop.id });
  await vi.waitFor(() => answers(200), { timeout: 1000, interval: 20 });
});
