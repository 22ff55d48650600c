import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ErrorCode, problems, problemType } from "@/lib/kernel/errors";
import { problemWords, reasonWords } from "@/lib/kernel/problem-words";
import { stopCounting } from "@/lib/keys/rate-limit";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { ask } from "./testing-door";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

test("a problem's type is an address that says what the problem means and what to do, to anybody", async () => {
  const problem = (await (await ask("GET", "/api/tenancy/tenants")).json()) as { type: string };
  expect(problem.type).toBe("/api/tenancy/problems/unauthenticated");
  const kind = await ask("GET", problem.type);
  expect(await kind.json()).toEqual({
    ...{ code: "unauthenticated", ...problems.unauthenticated, ...problemWords.unauthenticated },
  });
});

test.each(Object.keys(problems) as ErrorCode[])("%s has its kind", async (code) => {
  expect(await (await ask("GET", problemType(code))).json()).toMatchObject({ code, status: problems[code].status });
});

test("an unknown kind is refused, and the list has them all", async () => {
  expect((await ask("GET", "/api/tenancy/problems/broken")).status).toBe(422);
  const list = (await (await ask("GET", "/api/tenancy/problems")).json()) as { problems: { code: string }[] };
  expect(list.problems.map(({ code }) => code)).toEqual(Object.keys(problems));
});

/** The fixed words with which the code refuses requests: of the API, not of what other rooms hand to their callers. */
function reasonsInCode(): Set<string> {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" });
  const own = files.filter(
    (file) => /\.ts$/.test(file) && !/test|^(runtime|platform\/generated|cli|compat|sdk)/.test(file),
  );
  const texts = own.map((file) => readFileSync(join("lib", file), "utf8"));
  const thrown = texts.flatMap((text) => [...text.matchAll(/new AppError\([^;]*?reason: "([a-z_]+)"/g)]);
  return new Set(thrown.map((match) => String(match[1])));
}

test("every reason that a problem can have is told in words, and no other", () => {
  const known = reasonsInCode();
  expect(known.size).toBeGreaterThan(15);
  expect([...known].filter((reason) => !(reason in reasonWords))).toEqual([]);
  expect(Object.keys(reasonWords).filter((reason) => !known.has(reason))).toEqual([]);
});
