import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { permissions } from "@/lib/kernel/permissions";
import type { Scope } from "@/lib/kernel/scope";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { claimRemote, remoteHeader } from "@/lib/platform/front-token";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { bearer, each, keyWith, send } from "./testing-endpoints";

let control: TestControl;
const mine: Scope = { kind: "tag", values: ["mine"] };

beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("theirs");
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

describe("every endpoint that is not public", () => {
  test.each(each)("%s answers nobody with 401", async (_, one) => {
    const response = await send(one);
    expect(response.status).toBe(401);
    // OTLP and artflow have forms of their own for errors.
    const form =
      one.path === "/v1/metrics" || one.path.startsWith("/api/tenancy/compat/")
        ? "application/json"
        : "application/problem+json";
    expect(response.headers.get("content-type")).toBe(form);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toBeTruthy();
  });

  test.each(each)("%s answers a made-up session with 401", async (_, one) => {
    expect((await send(one, { cookie: "next-auth.session-token=made-up" })).status).toBe(401);
  });

  test("answers an expired key, a revoked key and one that is unknown with 401, and the trail has it", async () => {
    const [expired, revoked] = [await keyWith(permissions), await keyWith(permissions)];
    await controlDb().apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } });
    await controlDb().apiKey.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } });
    // Addresses that have not asked before: of each stranger the trail takes so many refusals a minute, the door requests.
    const from = (index: number) => `192.0.2.${77 + Math.floor(index / 50)}`;
    for (const [index, [, one]] of each.entries()) {
      for (const secret of [expired.secret, revoked.secret, `${expired.secret.slice(0, -1)}_`]) {
        const headers = { ...bearer(secret), [remoteHeader]: claimRemote(from(index)) };
        expect((await send(one, headers)).status, one.id).toBe(401);
      }
    }
    const told = await controlDb().auditEvent.findMany({ where: { ipAddress: from(0), outcome: "refused" } });
    expect(told.length).toBeGreaterThanOrEqual(20);
    const reasons = ["This API key has expired.", "This API key was revoked.", "This API key is not known."];
    expect([...new Set(told.map(({ reason }) => reason))].sort()).toEqual(reasons.sort());
  }, 120_000);

  test.each(each.filter(([, one]) => one.access.includes(":")))(
    "%s answers a key that lacks its permission with 403, and the trail has it",
    async (_, one) => {
      const { id, secret } = await keyWith(permissions.filter((permission) => permission !== one.access));
      expect((await send(one, bearer(secret))).status).toBe(403);
      const event = await controlDb().auditEvent.findFirst({ where: { actorId: id }, orderBy: { id: "desc" } });
      expect(event).toMatchObject({ operation: one.id, outcome: "refused", actorKind: "key" });
    },
  );

  test.each(each.filter(([, one]) => one.access.includes(":") && !one.scoped))(
    "%s, which concerns the whole installation, answers a key for some tenants with 403",
    async (_, one) => {
      const { secret } = await keyWith(permissions, mine);
      expect((await send(one, { "x-api-key": secret })).status).toBe(403);
    },
  );

  test.each(each.filter(([, one]) => !one.access.includes(":")))(
    "%s is no business of a key's: 403",
    async (_, one) => {
      const { secret } = await keyWith(permissions);
      expect((await send(one, bearer(secret))).status).toBe(403);
    },
  );
});
