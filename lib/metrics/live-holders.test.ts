import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor, UserActor } from "@/lib/gate/context";
import { as } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { everything } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { stopLive } from "./live";
import { openStream } from "./sse";

let control: TestControl;
let person: UserActor;
let key: Actor;
let gone: AbortController;

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  stopLive();
  await control.close();
});
beforeEach(async () => {
  gone = new AbortController();
  const [userId, sessionId, keyId] = [newId(new Date()), newId(new Date()), newId(new Date())];
  const email = `${userId}@example.com`;
  await controlDb().user.create({ data: { id: userId, email, name: "A", role: "viewer", passwordHash: "" } });
  await controlDb().session.create({
    data: { id: sessionId, userId, tokenHash: sessionId, expiresAt: new Date(Date.now() + 60_000) },
  });
  await controlDb().apiKey.create({
    data: { id: keyId, prefix: keyId, secretHash: "", name: "k", permissions: [], createdBy: "test" },
  });
  person = { ...(as("viewer").actor as UserActor), id: userId, email, sessionId };
  key = {
    ...{ kind: "key", id: keyId, name: "k", prefix: keyId },
    rateLimit: null,
    permissions: [],
    scope: everything,
  };
});
afterEach(() => gone.abort());

async function stream(actor: Actor, ipAddress: string, signal = gone.signal): Promise<Response> {
  const options = { topics: ["fleet"], lastEventId: null, actor, ipAddress };
  return await openStream({ ...options, signal, clock: systemClock });
}

test("a new IP rule closes the streams that it concerns, and no others", async () => {
  const ended: string[] = [];
  const open = async (name: string, actor: Actor, address: string) => {
    const response = await stream(actor, address);
    void response.text().then(() => ended.push(name));
  };
  await open("console", person, "192.0.2.1");
  await open("console elsewhere", person, "198.51.100.1");
  await open("api", key, "192.0.2.1");
  const rule = { id: newId(new Date()), network: "192.0.2.0/24", action: "deny", area: "console", createdBy: "test" };
  await controlDb().ipRule.create({ data: rule });
  await expect.poll(() => ended, { timeout: 5000 }).toEqual(["console"]);
  await controlDb().ipRule.update({ where: { id: rule.id }, data: { area: "both" } });
  await expect.poll(() => ended, { timeout: 5000 }).toEqual(["console", "api"]);
  await controlDb().ipRule.deleteMany();
});

test("clients that left before their stream was opened take nobody's place", async () => {
  for (let index = 0; index < 21; index++) await stream(person, "192.0.2.1", AbortSignal.abort());
  await expect(stream(person, "192.0.2.1")).resolves.toMatchObject({ status: 200 });
});

test("a session and a key may each have so many streams open; one that was closed makes room", async () => {
  for (const actor of [person, key]) {
    const responses: Response[] = [];
    for (let index = 0; index < 20; index++) responses.push(await stream(actor, "192.0.2.1"));
    await expect(stream(actor, "192.0.2.1")).rejects.toMatchObject({
      code: "limit",
      message: expect.stringContaining("20 live streams open"),
    });
    await responses[0]?.body?.cancel();
    await stream(actor, "192.0.2.1");
  }
});
