import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contracts } from "@/lib/contracts";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { ask, keyHeader } from "./testing-door";

let control: TestControl;
let headers: Record<string, string>;
let serverId: string;
beforeAll(async () => {
  control = await testControl();
  serverId = (await controlDb().server.findFirstOrThrow()).id;
  headers = await keyHeader();
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

type Problem = { code: string; detail: string; errors?: Record<string, string>; requestId: string; type: string };
const list = "/api/tenancy/tenants";

/** The problem that is answered, after checks of what every problem has. */
async function problemOf(response: Response, status: number): Promise<Problem> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("tenantry-version")).toMatch(/^\d{4}-\d\d-\d\d$/);
  const problem = (await response.json()) as Problem;
  expect(problem.requestId).toBe(response.headers.get("x-request-id"));
  expect(JSON.stringify(problem)).not.toMatch(/node_modules|at \w+ \(|SyntaxError|prisma|zod/i);
  return problem;
}

describe("a query", () => {
  test("with a name that is not known is refused, so that no mistyped filter is left out in silence", async () => {
    const { errors } = await problemOf(await ask("GET", `${list}?stauts=active&plan=business`, { headers }), 422);
    expect(errors).toEqual({ stauts: expect.stringMatching(/not known here\. There is: search, status, plan/) });
  });

  test("that says one thing twice is refused, unless it may have several", async () => {
    const { errors } = await problemOf(await ask("GET", `${list}?sort=name&sort=slug`, { headers }), 422);
    expect(errors).toEqual({ sort: "This is given more than once." });
    expect((await ask("GET", `${list}?status=active&status=failed`, { headers })).status).toBe(200);
  });

  test("of thousands of names is refused in few words", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `n${index}=1`).join("&");
    const { errors } = await problemOf(await ask("GET", `${list}?${many}`, { headers }), 422);
    expect(Object.keys(errors ?? {})).toHaveLength(20);
    const long = await problemOf(await ask("GET", `${list}?${"x".repeat(8000)}=1`, { headers }), 422);
    expect(JSON.stringify(long).length).toBeLessThan(1000);
  });

  test("does not go with a body, nor a body with a query", async () => {
    const create = await problemOf(await ask("POST", `${list}?name=x`, { headers, body: {} }), 422);
    expect(create.errors).toEqual({ name: "Send it in the JSON body." });
    const body = JSON.stringify({ confirm: "birch" });
    const length = { "content-length": String(body.length) };
    const path = `${list}/00000000-0000-7000-8000-000000000000`;
    const removal = await ask("DELETE", path, { headers: { ...headers, ...length }, body });
    expect((await problemOf(removal, 422)).detail).toMatch(/not by a body/);
  });
});

describe("a body", () => {
  const whole = () => ({ name: "Oak", slug: "oak", serverId });

  test("with a name that is not known is refused before anything is done", async () => {
    const { errors } = await problemOf(await ask("POST", list, { headers, body: { ...whole(), plna: "x" } }), 422);
    expect(errors).toEqual({ plna: expect.stringContaining("not known here") });
    expect(await controlDb().tenant.count({ where: { slug: "oak" } })).toBe(0);
  });

  test.each([
    ["application/x-www-form-urlencoded"],
    ["text/plain"],
    ["multipart/form-data; boundary=x"],
    ["application/json; charset=latin1"],
    ["application/jsonp"],
    [""],
  ])("of the type %j is refused with 415", async (type) => {
    const answer = await ask("POST", list, { headers: { ...headers, "content-type": type }, body: whole() });
    expect(await problemOf(answer, 415)).toMatchObject({ code: "unsupported_media" });
  });

  test.each([
    ["application/json; charset=utf-8"],
    ['Application/JSON;charset="UTF-8"'],
    ["application/merge-patch+json"],
  ])("of the type %j is read", async (type) => {
    const answer = await ask("POST", list, { headers: { ...headers, "content-type": type }, body: { name: "" } });
    expect((await problemOf(answer, 422)).errors).toHaveProperty("slug");
  });

  test("that is compressed, not UTF-8, no JSON or no object is refused in words, without a piece of it", async () => {
    const send = (body: BodyInit, more = {}) => ask("POST", list, { headers: { ...headers, ...more }, body });
    expect((await problemOf(await send("{}", { "content-encoding": "gzip" }), 415)).detail).toMatch(/not compressed/);
    const latin = new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]);
    expect((await problemOf(await send(latin), 422)).detail).toBe("The body is not UTF-8.");
    const broken = await problemOf(await send('{"password": "hunter2" x}'), 422);
    expect(broken.detail).toMatch(/^The body is not JSON\. Look at its character 2[34]\.$/);
    for (const body of ["[]", "1", '"text"', "null"]) {
      expect((await problemOf(await send(body), 422)).detail).toBe("The body must be a JSON object.");
    }
    expect((await problemOf(await send(`{"name":"${"x".repeat(1_100_000)}"}`), 413)).code).toBe("too_large");
  });

  test("with a byte order mark is read", async () => {
    const answer = await ask("POST", list, { headers, body: '\ufeff{"name":""}' });
    expect((await problemOf(answer, 422)).errors).toHaveProperty("slug");
  });
});

describe("Accept", () => {
  test.each([
    ["application/json"],
    ["*/*"],
    ["text/html, application/*;q=0.5"],
    ["text/html,application/xhtml+xml,*/*;q=0.8"],
    ["APPLICATION/JSON; charset=utf-8"],
    [""],
  ])("%j is answered", async (accept) => {
    expect((await ask("GET", list, { headers: { ...headers, accept } })).status).toBe(200);
  });

  test.each([["text/html"], ["application/xml"], ["application/json;q=0, */*"], ["text/*"], ["nonsense"]])(
    "%j can't be met: 406",
    async (accept) => {
      const answer = await ask("GET", list, { headers: { ...headers, accept } });
      expect((await problemOf(answer, 406)).detail).toContain("application/json");
    },
  );

  test("of the stream is of events, and its query is read as strictly as any", async () => {
    const path = "/api/tenancy/stream";
    await problemOf(await ask("GET", path, { headers: { ...headers, accept: "application/json" } }), 406);
    await problemOf(await ask("GET", `${path}?topic=fleet`, { headers }), 422);
    await problemOf(await ask("GET", `${path}?topics=fleet&topics=bulk`, { headers }), 422);
    const open = await ask("GET", path, { headers: { ...headers, accept: "text/event-stream" } });
    expect(open.status).toBe(200);
    await open.body?.cancel();
  });

  test("of a file is of the file's type", async () => {
    const path = "/api/tenancy/tenants/export";
    expect((await ask("GET", path, { headers: { ...headers, accept: "text/csv" } })).status).toBe(200);
    await problemOf(await ask("GET", path, { headers: { ...headers, accept: "application/json" } }), 406);
  });
});

test("whoever may not ask learns nothing of the operation's form", async () => {
  const nobody = await ask("GET", `${list}?stauts=x`, { headers: { accept: "text/html" } });
  await problemOf(nobody, 401);
  const reader = await keyHeader(["audit:read"]);
  await problemOf(await ask("POST", list, { headers: { ...reader, "content-type": "x/y" }, body: { plna: 1 } }), 403);
});

describe("methods", () => {
  test("that an address has not are refused with those it has, to everybody", async () => {
    for (const sent of [{}, { headers }]) {
      const answer = await ask("PUT", list, sent);
      expect(answer.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
      expect(await problemOf(answer, 405)).toMatchObject({
        code: "method_not_allowed",
        detail: "This address has no PUT. It answers GET, HEAD, POST, OPTIONS.",
      });
    }
    expect((await ask("HEAD", "/api/tenancy/step-up")).status).toBe(405);
  });

  test("OPTIONS tells them, for every address", async () => {
    // The addresses of another product's API are one handler.
    const paths = contracts.map((one) => one.path).filter((path) => !path.startsWith("/api/tenancy/compat/"));
    for (const path of new Set(paths)) {
      const address = path.replace("{id}", "00000000-0000-7000-8000-000000000000").replace(/\{\w+\}/g, "x");
      const answer = await ask("OPTIONS", address);
      expect(answer.status, path).toBe(204);
      const own: string[] = contracts.filter((one) => one.path === path).map((one) => one.method);
      const told = answer.headers.get("allow")?.split(", ") ?? [];
      const wanted = [...own, "OPTIONS", ...(own.includes("GET") ? ["HEAD"] : [])];
      expect(told.sort(), path).toEqual(wanted.sort());
    }
  });

  test("HEAD is GET without its body, refusals too", async () => {
    const [get, head] = [await ask("GET", list, { headers }), await ask("HEAD", list, { headers })];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
    expect((await ask("HEAD", list)).status).toBe(401);
    const file = await ask("HEAD", "/api/tenancy/tenants/export", { headers });
    expect([file.status, file.headers.get("content-disposition")]).toEqual([200, expect.stringContaining(".csv")]);
  });

  test("an address that there is not is a 404 by each of them", async () => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      await problemOf(await ask(method, "/api/tenancy/tenats", { headers }), 404);
    }
  });
});
