import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { permissions } from "@/lib/kernel/permissions";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { each, envelopeOf, filled, inputs, send } from "./testing-compat";
import { ask, keyHeader } from "./testing-door";

let control: TestControl;
let headers: Record<string, string>;
let tenant: TestTenant;

beforeAll(async () => {
  control = await testControl();
  headers = await keyHeader();
  tenant = await control.makeTenant("acme");
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

describe("every endpoint answers in artflow's envelope", () => {
  test.each(each)("%s: 401 to nobody, with words on where a key goes", async (_, { method, path }) => {
    const { message } = await envelopeOf(await ask(method, filled(path, tenant.id)), 401);
    expect(message).toMatch(/X-API-Key/);
  });

  test.each(each)("%s: 403 to a key that lacks its permission", async (_, { method, path, access }) => {
    const lacking = await keyHeader(permissions.filter((permission) => permission !== access));
    const { message } = await envelopeOf(await ask(method, filled(path, tenant.id), { headers: lacking }), 403);
    expect(message).toContain(access);
  });

  test.each(each.filter(([, { path }]) => path.includes("{id}")))(
    "%s: 422 for what is no id, by field",
    async (_, { method, path }) => {
      const { errors } = await envelopeOf(await ask(method, filled(path, "5"), { headers }), 422);
      expect(errors?.id).toEqual(["This is not a tenant's id."]);
    },
  );

  test.each(each.filter(([, { path }]) => path.includes("{id}")))(
    "%s: 404 for an unknown tenant, and for one out of reach",
    async (_, { id, method, path }) => {
      if (id.startsWith("compat.notOffered.")) return;
      const given = inputs[id] ?? {};
      const unknown = newId(new Date());
      await envelopeOf(await send(method, filled(path, unknown), given, headers), 404);
      const elsewhere = await keyHeader(permissions, { kind: "region", values: ["elsewhere"] });
      await envelopeOf(await send(method, filled(path, tenant.id), given, elsewhere), 404);
    },
  );

  test.each(each.filter(([, { method }]) => method !== "DELETE" && method !== "GET"))(
    "%s: 422 for a field that nobody knows",
    async (_, { method, path, id }) => {
      const body = { ...inputs[id], colour: "blue" };
      const { errors } = await envelopeOf(await ask(method, filled(path, tenant.id), { headers, body }), 422);
      expect(errors?.colour).toBeDefined();
    },
  );

  test.each(each.filter(([, { id }]) => id.startsWith("compat.notOffered.")))(
    "%s: 501, and why",
    async (_, { method, path }) => {
      const { reason, message } = await envelopeOf(await ask(method, filled(path, tenant.id), { headers }), 501);
      expect(reason).toBe("not_offered");
      expect(message).toMatch(/\.$/);
    },
  );
});
