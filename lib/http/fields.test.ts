import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { contracts } from "@/lib/contracts";
import { takesFields } from "@/lib/gate/fields";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { ask, keyHeader } from "./testing-door";

let control: TestControl;
let tenant: TestTenant;
let headers: Record<string, string>;
beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("birch");
  headers = await keyHeader();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

test("a list's members have the properties asked for alone, and the rest of the answer stays", async () => {
  const response = await ask("GET", "/api/tenancy/tenants?fields=slug,id&sort=slug", { headers });
  expect(response.status).toBe(200);
  const whole = (await response.json()) as { tenants: object[] };
  expect(whole).toMatchObject({ total: 1, counts: { active: 1 } });
  expect(whole.tenants).toEqual([{ id: tenant.id, slug: "birch" }]);
  const twice = await ask("GET", "/api/tenancy/tenants?fields=slug&fields=id", { headers });
  expect(((await twice.json()) as { tenants: object[] }).tenants).toEqual(whole.tenants);
});

test("so has a single resource, whose ETag then goes with what was answered and with the same state", async () => {
  const path = `/api/tenancy/tenants/${tenant.id}`;
  const [whole, some] = [await ask("GET", path, { headers }), await ask("GET", `${path}?fields=name`, { headers })];
  expect(await some.json()).toEqual({ name: "birch" });
  const [one, other] = [String(whole.headers.get("etag")), String(some.headers.get("etag"))];
  expect(other).not.toBe(one);
  expect(other.split(".")[0]).toBe(one.split(".")[0]);
  const known = { headers: { ...headers, "if-none-match": other } };
  expect((await ask("GET", `${path}?fields=name`, known)).status).toBe(304);
  expect((await ask("GET", path, known)).status).toBe(200);
});

test("a name that is none is refused with those there are, and so is `fields` where nothing can be left out", async () => {
  for (const fields of ["nmae", "", "id,", "id,secret", "server.name", "__proto__"]) {
    const refused = await ask("GET", `/api/tenancy/tenants?fields=${fields}`, { headers });
    expect(refused.status, fields).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: { fields: expect.stringContaining("slug, name") } });
  }
  const mistyped = await ask("GET", "/api/tenancy/tenants?serach=birch", { headers });
  expect(await mistyped.json()).toMatchObject({
    errors: { serach: expect.stringMatching(/There is: .*search.*, fields\.$/) },
  });
  const none = await ask("GET", "/api/tenancy/overview?fields=tenants", { headers });
  expect(none.status).toBe(422);
  expect(await none.json()).toMatchObject({ errors: { fields: "Nothing is taken here." } });
});

type Shape = Record<string, z.core.$ZodType>;
const lists = contracts.filter((one) => one.list !== undefined).map((one) => [one.id, one] as const);
test.each(lists)(
  "%s names an array of its answer whose members have properties",
  (_, { list = "", output, method }) => {
    expect(method).toBe("GET");
    const array = output instanceof z.ZodObject ? (output.shape as Shape)[list] : undefined;
    const member = array instanceof z.ZodArray ? array.element : undefined;
    expect(member instanceof z.ZodObject && Object.keys(member.shape).length > 0).toBe(true);
  },
);

test("no operation that takes fields has an input of that name, and each whose answer is one array takes them", () => {
  for (const one of contracts) {
    const input = one.input instanceof z.ZodObject ? Object.keys(one.input.shape) : [];
    if (takesFields(one)) expect(input, one.id).not.toContain("fields");
    const shape = (one.output instanceof z.ZodObject && one.method === "GET" ? one.output.shape : {}) as Shape;
    const arrays = Object.values(shape).filter((value) => value instanceof z.ZodArray);
    const alone = Object.keys(shape).every((name) => shape[name] instanceof z.ZodArray || /^(total|next)$/.test(name));
    if (arrays.length === 1 && alone) expect(one.list, one.id).toBeDefined();
  }
});
