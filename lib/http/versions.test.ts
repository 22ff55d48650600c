import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operation } from "@/lib/gate/operation";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { listProblemsContract } from "./contract";
import { listProblems } from "./list-problems";
import { route } from "./route";
import { ask } from "./testing-door";
import { type Change, changes, newest, newInput, oldAnswer, versions } from "./versions";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

const open = "/api/tenancy/set-up/none";

test("the version that was asked for answers, the newest unless one was, and every answer tells which", async () => {
  for (const headers of [{}, { "tenantry-version": newest }]) {
    const answer = await ask("GET", open, { headers });
    expect([answer.status, answer.headers.get("tenantry-version")]).toEqual([200, newest]);
  }
  expect((await ask("GET", "/api/tenancy/tenants")).headers.get("tenantry-version")).toBe(newest);
});

test("a version there is not is refused with those there are", async () => {
  for (const version of ["2020-01-01", "", "latest", `${newest}, ${newest}`]) {
    const answer = await ask("GET", open, { headers: { "tenantry-version": version } });
    expect(answer.status, version).toBe(422);
    expect(await answer.json()).toMatchObject({ errors: { "Tenantry-Version": `There are: ${versions.join(", ")}.` } });
  }
});

test("versions are days, each later than the one before, and each change belongs to one", () => {
  for (const version of versions) expect(new Date(version).toISOString().slice(0, 10)).toBe(version);
  expect([...versions].sort()).toEqual(versions);
  for (const { since } of changes) expect(versions).toContain(since);
});

test("an older version's input is read and its answer is given as it was, over every change since", () => {
  const all: Change[] = [
    { since: "2027-02-01", operation: "things.show", input: ({ before, ...rest }) => ({ ...rest, cursor: before }) },
    {
      since: "2027-03-01",
      operation: "things.show",
      output: (newer) => ({ ...Object(newer), name: Object(newer).title }),
    },
    { since: "2027-04-01", operation: "things.show", output: (newer) => ({ title: Object(newer).label }) },
    { since: "2027-04-01", operation: "things.list", output: () => "another operation's" },
  ];
  const at = (version: string) => [
    newInput(version, "things.show", { before: "a", limit: 1 }, all),
    oldAnswer(version, "things.show", { label: "x" }, all),
  ];
  expect(at("2026-11-22")).toEqual([
    { cursor: "a", limit: 1 },
    { title: "x", name: "x" },
  ]);
  expect(at("2027-03-01")).toEqual([{ before: "a", limit: 1 }, { title: "x" }]);
  expect(at("2027-04-01")).toEqual([{ before: "a", limit: 1 }, { label: "x" }]);
});

test("a deprecated operation says since when, until when and what to call instead, also when it refuses", async () => {
  const deprecated = { since: "2026-11-22", sunset: "2027-11-22", instead: "/api/tenancy/tenants" };
  const { GET } = route({ GET: operation({ ...listProblemsContract, deprecated }, listProblems.run) });
  for (const [query, status] of [
    ["", 200],
    ["?limt=1", 422],
  ] as const) {
    const request = new NextRequest(`http://localhost:3000/api/tenancy/problems${query}`);
    const answer = await GET(request, { params: Promise.resolve({}) });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("deprecation")).toBe("@1795305600");
    expect(answer.headers.get("sunset")).toBe("Mon, 22 Nov 2027 00:00:00 GMT");
    expect(answer.headers.get("link")).toBe(
      '</reference#problems.list>; rel="deprecation"; type="text/html", </api/tenancy/tenants>; rel="successor-version"',
    );
  }
});
