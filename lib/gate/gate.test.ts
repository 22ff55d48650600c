import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { recordAudit } from "./audit";
import type { Ctx, UserActor } from "./context";
import { operation, perform } from "./operation";
import { digestOf } from "./step-up";
import { as } from "./testing";

let control: TestControl;
let now = new Date("2026-03-01T12:00:00Z");
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const events = () => controlDb().auditEvent.findMany({ orderBy: { id: "asc" } });
const newest = () => controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });

const shape = {
  id: "things.change",
  method: "POST",
  path: "/api/tenancy/things",
  summary: "Change a thing.",
  access: "tenants:update",
  scoped: true,
  input: z.object({ id: z.string().optional(), name: z.string().default(""), nested: z.unknown().optional() }),
  output: z.object({ done: z.boolean() }),
} as const;

describe("the audit trail", () => {
  test("is written in the operation's own transaction: what is undone leaves no row", async () => {
    const before = (await events()).length;
    const undone = controlDb().$transaction(async (db) => {
      await recordAudit(as("admin", { db }), { operation: "things.change", outcome: "done" });
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    expect((await events()).length).toBe(before);
    expect((await controlDb().auditHead.findFirstOrThrow()).seq).toBe(BigInt(before));
  });

  test("holds who, what, on what, before and after, from where, and no secret at any depth", async () => {
    const change = operation(contract(shape), async (ctx) => {
      Object.assign(ctx.note, { before: { name: "old" }, after: { name: "new", newPassword: "hunter2" } });
      return { done: true };
    });
    const ctx = as("admin", { ipAddress: "192.0.2.7", userAgent: "a browser" });
    await perform(change, ctx, {
      id: "thing-1",
      name: "new",
      nested: { apiToken: "s3cret", list: [{ code: "123456" }] },
    });
    const event = await newest();
    expect(event).toMatchObject({
      operation: "things.change",
      actor: "admin@example.com",
      outcome: "done",
      target: "thing-1",
      before: { name: "old" },
      after: { name: "new" },
      ipAddress: "192.0.2.7",
      userAgent: "a browser",
      requestId: ctx.requestId,
    });
    expect(JSON.stringify({ ...event, id: "" })).not.toMatch(/hunter2|s3cret|123456/);
  });

  test("tells a refusal by scope, though its caller is told that there is no such thing", async () => {
    const hidden = operation(contract(shape), async () => {
      throw new HiddenError("There is no such thing.");
    });
    await expect(perform(hidden, as("operator"), { id: "theirs" })).rejects.toMatchObject({ code: "not_found" });
    expect(await newest()).toMatchObject({ outcome: "refused", actor: "operator@example.com", target: "theirs" });
  });

  test("is not filled by a stranger: some refusals a minute of each address are written", async () => {
    const change = operation(contract(shape), async () => ({ done: true }));
    const before = (await events()).length;
    const ctx = () => as("nobody", { ipAddress: "198.51.100.9", now: () => now });
    for (let index = 0; index < 40; index++) await perform(change, ctx(), {}).catch(() => undefined);
    expect((await events()).length - before).toBe(20);
    now = new Date(now.getTime() + 61_000);
    await perform(change, ctx(), {}).catch(() => undefined);
    expect((await events()).length - before).toBe(21);
  });

  test("counts a stranger's whole IPv6 network as one", async () => {
    const change = operation(contract(shape), async () => ({ done: true }));
    const before = (await events()).length;
    for (let index = 0; index < 40; index++) {
      const ctx = as("nobody", { ipAddress: `2001:db8:1:2::${index}`, now: () => now });
      await perform(change, ctx, {}).catch(() => undefined);
    }
    expect((await events()).length - before).toBe(20);
  });

  test("is not filled by somebody signed in either", async () => {
    const change = operation(contract(shape), async () => ({ done: true }));
    const before = (await events()).length;
    const actor = { ...(as("viewer").actor as UserActor), id: newId(now) };
    const ctx = () => as("viewer", { actor, now: () => now });
    for (let index = 0; index < 130; index++) await perform(change, ctx(), {}).catch(() => undefined);
    expect((await events()).length - before).toBe(120);
  });
});

describe("step-up", () => {
  const careful = operation(contract({ ...shape, id: "things.careful", stepUp: true }), async () => ({ done: true }));
  const clock = () => now;

  async function person(): Promise<Ctx> {
    const [userId, sessionId] = [newId(now), newId(now)];
    const email = `${userId}@example.com`;
    await controlDb().user.create({ data: { id: userId, email, name: "A", role: "owner", passwordHash: "" } });
    await controlDb().session.create({
      data: { id: sessionId, userId, tokenHash: sessionId, expiresAt: new Date(now.getTime() + 3_600_000) },
    });
    const actor = { ...(as("owner").actor as UserActor), id: userId, email, sessionId };
    return as("owner", { actor, now: clock });
  }

  async function prove({ actor }: Ctx, digest: string, minutes = 5): Promise<void> {
    const { id: userId, sessionId } = actor as UserActor;
    const expiresAt = new Date(now.getTime() + minutes * 60_000);
    await controlDb().stepUp.create({ data: { id: newId(now), userId, sessionId, digest, createdAt: now, expiresAt } });
  }

  const digest = (input: object) => digestOf("things.careful", { name: "", ...input });

  test("is asked for with the digest to prove, and the asking is no refusal in the audit trail", async () => {
    const ctx = await person();
    const before = (await events()).length;
    const error = await perform(careful, ctx, { id: "a" }).catch((reason) => reason as AppError);
    expect(error).toMatchObject({ code: "forbidden", reason: "step_up_required", confirm: digest({ id: "a" }) });
    expect((await events()).length).toBe(before);
  });

  test("counts once, for this input, in this session, for five minutes", async () => {
    const [ctx, other] = [await person(), await person()];
    await prove(ctx, digest({ id: "a" }));
    await expect(perform(careful, ctx, { id: "b" })).rejects.toMatchObject({ reason: "step_up_required" });
    await expect(perform(careful, other, { id: "a" })).rejects.toMatchObject({ reason: "step_up_required" });
    const settled = await Promise.allSettled([1, 2, 3].map(() => perform(careful, ctx, { id: "a" })));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await prove(ctx, digest({ id: "a" }));
    now = new Date(now.getTime() + 5 * 60_000);
    await expect(perform(careful, ctx, { id: "a" })).rejects.toMatchObject({ reason: "step_up_required" });
  });

  test("is not used up by an operation that fails", async () => {
    const ctx = await person();
    let fails = true;
    const shaky = operation(contract({ ...shape, id: "things.careful", stepUp: true }), async () => {
      if (fails) throw new AppError("conflict", "Not now.");
      return { done: true };
    });
    await prove(ctx, digest({ id: "a" }));
    await expect(perform(shaky, ctx, { id: "a" })).rejects.toMatchObject({ code: "conflict" });
    fails = false;
    expect(await perform(shaky, ctx, { id: "a" })).toEqual({ done: true });
  });

  test("can't be given by an API key, and is not asked of the host's own command line", async () => {
    const rights = { permissions: ["tenants:update"] as const, scope: { kind: "all" } as const };
    const actor = { kind: "key", id: newId(now), name: "k", prefix: "k", rateLimit: null, ...rights } as const;
    await expect(perform(careful, as("nobody", { actor }), {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await perform(careful, as("system"), {})).toEqual({ done: true });
  });
});

test.each([
  ["a NUL deep inside", { nested: { list: ["fine", "a\0b"] } }],
  ["half a character as a name of a field", { nested: { "\ud800": 1 } }],
])("%s is refused at its field", async (_, input) => {
  const change = operation(contract(shape), async () => ({ done: true }));
  await expect(perform(change, as("admin"), input)).rejects.toMatchObject({
    code: "invalid",
    fields: { nested: expect.any(String) },
  });
});

test("what is nested without end is refused at its field, before anything walks through it", async () => {
  const nest = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`) as unknown;
  const change = operation(contract(shape), async () => ({ done: true }));
  const attempt = (levels: number) => perform(change, as("admin"), { nested: nest(levels) });
  await expect(attempt(200_000)).rejects.toMatchObject({ fields: { nested: "This is nested too deeply." } });
  await expect(attempt(21)).rejects.toMatchObject({ code: "invalid" });
  expect(await attempt(20)).toEqual({ done: true });
});

test("a field named __proto__ changes nothing and is not passed on", async () => {
  let seen: object = {};
  const change = operation(contract(shape), async (_, input) => {
    seen = input;
    return { done: true };
  });
  await perform(change, as("admin"), JSON.parse('{"name":"x","__proto__":{"role":"owner"},"role":"owner"}'));
  expect(Object.keys(seen)).toEqual(["name"]);
  expect("role" in seen).toBe(false);
});
