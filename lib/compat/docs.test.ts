import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { leftReasons, mostRows } from "./contract";
import { compatPath } from "./contract-endpoint";
import { compatContracts } from "./contract-endpoints";
import { statusWords } from "./rules";

const compatibility = readFileSync("docs/compatibility.md", "utf8");
const moving = readFileSync("docs/moving.md", "utf8");

/** The rows of the table that begins with a heading, as their cells. */
function tableOf(text: string, heading: string): string[][] {
  const lines = text.slice(text.indexOf(`| ${heading} |`)).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const quoted = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map((match) => String(match[1]));

test("docs/compatibility.md lists every endpoint that is answered, and no other, with its permission", () => {
  const told = tableOf(compatibility, "artflow's").map(([theirs, , permission]) => [
    quoted(theirs)[0],
    quoted(permission)[0],
  ]);
  const answered = compatContracts.map(({ method, path, access }) => [
    `${method} ${path.slice(compatPath.length)}`,
    access,
  ]);
  expect(told.sort()).toEqual(answered.sort());
});

test("those that are said to be answered with 501 are just those that are not offered", () => {
  const told = tableOf(compatibility, "artflow's").filter(([, , , words]) => words?.startsWith("501"));
  const contracts = compatContracts.filter(({ id }) => id.startsWith("compat.notOffered."));
  expect(told.map(([theirs]) => quoted(theirs)[0]).sort()).toEqual(
    contracts.map(({ method, path }) => `${method} ${path.slice(compatPath.length)}`).sort(),
  );
});

test("what is named in place of an endpoint that is not answered is there, and the endpoint is not", async () => {
  const { contracts } = await import("@/lib/contracts");
  const there = new Set<string>(contracts.map(({ path }) => path.replace(/\{\w+\}/g, "{}")));
  const theirs = new Set<string>(compatContracts.map(({ path }) => path.slice(compatPath.length)));
  const rows = tableOf(compatibility.slice(compatibility.indexOf("## What is not answered")), "artflow's");
  expect(rows.length).toBeGreaterThan(10);
  const named = rows.flatMap(([, instead]) => quoted(instead).map((one) => one.replace(/^[A-Z]+ /, "")));
  const ours = named.filter((one) => one.startsWith("/api/tenancy/") && !one.includes("<"));
  for (const path of ours) expect(there).toContain(path.replace(/\{\w+\}/g, "{}"));
  for (const path of named.filter((one) => one.startsWith("/tenancy/"))) expect(theirs).toContain(path);
  const answered = compatContracts.map(({ method, path }) => `${method} ${path.slice(compatPath.length)}`);
  for (const one of rows.flatMap(([missing]) => quoted(missing)))
    expect(answered).not.toContain(one.replace(/…(?=\/tenants)/, "/tenancy"));
});

test("docs/moving.md has the statuses, reasons and limits as they are", () => {
  const statuses = tableOf(moving, "their status").map(([words, status]) => [status, quoted(words)]);
  expect(Object.fromEntries(statuses)).toEqual(statusWords);
  expect(tableOf(moving, "reason").map(([reason]) => quoted(reason)[0])).toEqual([...leftReasons]);
  expect(moving).toContain(`up to ${mostRows} rows`);
});
