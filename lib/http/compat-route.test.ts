import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { compatRoutes } from "./compat-route";
import { base, envelopeOf } from "./testing-compat";
import { keyHeader } from "./testing-door";

let control: TestControl;
let headers: Record<string, string>;

beforeAll(async () => {
  control = await testControl();
  headers = await keyHeader();
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

describe("the door", () => {
  const handlers = compatRoutes();
  const call = (
    method: "GET" | "POST" | "DELETE",
    address: string,
    init: ConstructorParameters<typeof NextRequest>[1] = {},
  ) => handlers[method](new NextRequest(`http://localhost:3000${address}`, { method, ...init }));

  test("takes a key as api_key in the body, and neither keeps it nor tells it", async () => {
    const secret = String((await keyHeader()).authorization).replace("Bearer ", "");
    const body = JSON.stringify({ api_key: secret, name: "By body", domain: "by-body.localhost" });
    const json = { "content-type": "application/json" };
    const { data } = await envelopeOf(
      await call("POST", `${base}/tenancy/tenants/create`, { body, headers: json }),
      201,
    );
    const event = await controlDb().auditEvent.findFirstOrThrow({ where: { target: String(data?.id) } });
    expect(event).toMatchObject({
      actorKind: "key",
      input: expect.not.objectContaining({ api_key: expect.anything() }),
    });
    const wrong = JSON.stringify({ api_key: "made-up", name: "x", domain: "x.localhost" });
    await envelopeOf(await call("POST", `${base}/tenancy/tenants/create`, { body: wrong, headers: json }), 401);
    for (const broken of ["{", "[]", '{"api_key": 5}', ""]) {
      await envelopeOf(await call("POST", `${base}/tenancy/tenants/create`, { body: broken, headers: json }), 401);
    }
  });

  test("takes none in the address, and says why", async () => {
    const secret = String((await keyHeader()).authorization).replace("Bearer ", "");
    const { message } = await envelopeOf(await call("GET", `${base}/tenancy/tenants?api_key=${secret}`), 401);
    expect(message).toMatch(/One in the address is not taken/);
    expect(message).not.toContain(secret);
  });

  test("a body larger than the limit is refused before its key is looked for", async () => {
    const body = JSON.stringify({ api_key: "x", name: "x".repeat(1_100_000) });
    await envelopeOf(await call("POST", `${base}/tenancy/tenants/create`, { body }), 413);
  });

  test("an address that there is not, and a method that it has not, are told in the envelope", async () => {
    await envelopeOf(await call("GET", `${base}/tenancy/nothing`, { headers }), 404);
    const response = await call("DELETE", `${base}/tenancy/stats`, { headers });
    expect(response.headers.get("allow")).toBe("GET");
    await envelopeOf(response, 405);
  });
});
