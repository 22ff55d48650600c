import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contracts } from "@/lib/contracts";
import type { Contract } from "@/lib/kernel/contract";
import { newId } from "@/lib/kernel/ids";
import { permissions } from "@/lib/kernel/permissions";
import type { Scope } from "@/lib/kernel/scope";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { bearer, keyWith, send } from "./testing-endpoints";

let control: TestControl;
let theirs: TestTenant;
const mine: Scope = { kind: "tag", values: ["mine"] };

beforeAll(async () => {
  control = await testControl();
  theirs = await control.makeTenant("theirs");
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

describe("the door", () => {
  const list = contracts.find(({ id }) => id === "tenants.list") as Contract;
  const create = contracts.find(({ id }) => id === "tenants.create") as Contract;

  test("tells where the caller stands, and answers 429 beyond the limit", async () => {
    const { id, secret } = await keyWith(["tenants:read"]);
    await controlDb().apiKey.update({ where: { id }, data: { rateLimit: 2 } });
    const answers = [
      await send(list, bearer(secret)),
      await send(list, bearer(secret)),
      await send(list, bearer(secret)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers.get("ratelimit-policy")).toBe('"key";q=2;w=60');
    expect(answers[0]?.headers.get("ratelimit")).toMatch(/^"key";r=1;t=\d+$/);
    expect(answers[2]?.headers.get("ratelimit")).toMatch(/^"key";r=0;t=\d+$/);
    expect(Number(answers[2]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("counts requests about one tenant together, whoever sends them", async () => {
    const [one, other] = [await keyWith(["tenants:read"]), await keyWith(["tenants:read"])];
    const show = contracts.find(({ id }) => id === "tenants.show") as Contract;
    const first = await send(show, bearer(one.secret), theirs.id);
    const second = await send(show, bearer(other.secret), theirs.id);
    const left = (response: Response) => Number(/"tenant";r=(\d+)/.exec(response.headers.get("ratelimit") ?? "")?.[1]);
    expect(left(second)).toBe(left(first) - 1);
    const stranger = await keyWith(["tenants:read"], mine);
    const refused = await send(show, bearer(stranger.secret), theirs.id);
    expect(refused.status).toBe(404);
    expect(refused.headers.get("ratelimit")).not.toContain("tenant");
    expect(left(await send(show, bearer(one.secret), theirs.id))).toBe(left(first) - 2);
  });

  test("tells a program that an id is none, whatever its length", async () => {
    const { secret } = await keyWith(["tenants:read"]);
    const show = contracts.find(({ id }) => id === "tenants.show") as Contract;
    for (const id of ["-".repeat(36), "0".repeat(36), "x"])
      expect((await send(show, bearer(secret), id)).status, id).toBe(422);
  });

  test("answers 404 for an action that there is not", async () => {
    const plan = contracts.find(({ id }) => id === "bulk.plan.suspend") as Contract;
    const { secret } = await keyWith(permissions);
    expect((await send(plan, bearer(secret))).status).toBe(422);
    for (const word of ["bulk-nothing", "suspend", "bulk-"]) {
      const path = `/api/tenancy/actions/${word}` as const;
      expect((await send({ ...plan, path }, bearer(secret))).status, word).toBe(404);
    }
  });

  test("carries out no change that another site's page asks for, key or no key in a cookie", async () => {
    for (const headers of [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
    ]) {
      const response = await send(create, { ...headers, cookie: "next-auth.session-token=x" } as Record<
        string,
        string
      >);
      expect(response.status).toBe(403);
    }
  });

  test("keeps out whom the IP rules keep out, before anything is looked at", async () => {
    const { secret } = await keyWith(permissions);
    const data = { network: "10.0.0.0/8", action: "allow", area: "api", createdBy: "test", id: newId(new Date()) };
    await controlDb().ipRule.create({ data });
    const refused = await send(list, bearer(secret));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ reason: "address_refused" });
    expect((await send(list, {})).status).toBe(401);
    await controlDb().ipRule.update({ where: { id: data.id }, data: { area: "console" } });
    expect((await send(list, bearer(secret))).status).toBe(200);
    expect((await send(list, {})).status).toBe(403);
    await controlDb().ipRule.delete({ where: { id: data.id } });
  });

  test("believes no forwarding header of a stranger, and no copy of the front's own", async () => {
    const { id, secret } = await keyWith(["tenants:read"]);
    await send(list, {
      ...bearer(secret),
      "x-forwarded-for": "192.0.2.66",
      forwarded: "for=192.0.2.66",
      "x-real-ip": "192.0.2.66",
    });
    expect((await controlDb().apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAddress).toBeNull();
  });
});
