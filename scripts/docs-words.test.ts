import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AnyCommand } from "@/lib/cli/command";
import { nouns } from "@/lib/cli/nouns";
import { contracts } from "@/lib/contracts";
import { permissions } from "@/lib/kernel/permissions";
import { settingNames } from "@/lib/platform/env";
import { anchorsOf, documents, generatedDocuments, inlineCode, textOf } from "./testing-docs";

const commands: AnyCommand[] = (await Promise.all(Object.values(nouns).map((noun) => noun.load()))).flat();
const everywhere = ["url", "key", "json", "dry-run", "yes", "quiet", "no-color", "help"];
const scripts = Object.keys(JSON.parse(readFileSync("package.json", "utf8")).scripts);

/** Variables that are no settings of web and worker, and whose they are. */
const otherVariables: Record<string, string> = {
  ...{ TENANTRY_DATA_DIR: "npm start", TENANTRY_PG_PORT: "npm start", DATABASE_OWNER_URL: "migrations" },
  ...{ TENANTRY_DATABASE_URL: "an app", TENANTRY_API_KEY: "the command line", NO_COLOR: "the command line" },
  ...{ CHROMIUM_PATH: "npm test", REDIS_SERVER: "npm test", FUZZ_RUNS: "a test" },
};

/** Variables of OpenTelemetry and Node. */
const ofOthers = /^(OTEL|NODE)_/;

/** Documents whose own words are checked; the changelog tells of what was, decisions of what was weighed. */
const checked = documents.filter(
  (file) => !generatedDocuments.includes(file) && file !== "CHANGELOG.md" && !file.startsWith("docs/decisions/"),
);

/** What is wrong with a command as a text names it; undefined when it is right. */
function wrongCommand(text: string): string | undefined {
  const words = text.split(/\s+/).filter((word) => word !== "…" && word !== "");
  const [noun = "", ...rest] = words;
  if (noun === "" || noun.startsWith("-") || noun.startsWith("<")) return undefined;
  const known = Object.entries(nouns).find(([name, { alias }]) => noun === name || noun === alias)?.[0];
  if (known === undefined) return `there is no ${noun}`;
  const named = [known, ...rest].filter((word) => /^[a-z][a-z-]*$/.test(word));
  const matches = commands.filter(({ path }) => {
    const own = path.split(" ").filter((word) => /^[a-z]/.test(word));
    return own.every((word, at) => named[at] === undefined || named[at] === word);
  });
  if (matches.length === 0) return "there is no such command";
  const options = [...new Set(matches.flatMap((one) => Object.keys(one.options).map(dashed)))].concat(everywhere);
  const wrong = words.flatMap((word) => /^--([a-z-]+)/.exec(word)?.[1] ?? []).find((one) => !options.includes(one));
  return wrong === undefined ? undefined : `it has no --${wrong}`;
}

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** An address as its parts; a parameter, whatever it is called, is undefined. */
const partsOf = (path: string) =>
  (path.split("?")[0] ?? "").split("/").map((part) => (/\{\w+\}|<[\w-]+>|\$\w+/.test(part) ? undefined : part));
const doors = ["/api/tenancy/openapi.json", "/api/tenancy/health/live", "/api/tenancy/health/ready"];
const known = [...contracts.map(({ path }) => path as string), ...doors].map(partsOf);

/** Whether an address, or the beginning of some, is there. */
function isAddress(path: string): boolean {
  const parts = partsOf(path);
  return known.some((one) =>
    parts.every((part, at) => at < one.length && (part === undefined || one[at] === undefined || part === one[at])),
  );
}

describe.each(checked)("%s names", (file) => {
  const codes = inlineCode(file);

  test("commands and options that there are", () => {
    for (const code of codes) {
      const [, text] = /^(?:npm run (?:--silent )?tenantry -- |tenantry )(.*)$/.exec(code) ?? [];
      if (text !== undefined) expect(wrongCommand(text), code).toBeUndefined();
      const [, script = ""] = /^npm run (?:--?\w+ )?([\w:-]+)/.exec(code) ?? [];
      if (script !== "") expect(scripts, code).toContain(script);
      const [, bench] = /^npm run bench -- (\w+)/.exec(code) ?? [];
      if (bench !== undefined) expect(existsSync(`bench/${bench}.ts`), code).toBe(true);
    }
  });

  test("settings that there are", () => {
    const there = [...settingNames().map(({ name }) => name as string), ...Object.keys(otherVariables), "PGBOUNCER"];
    const named = codes.flatMap((code) => code.match(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(?![\w…*])/)?.[0] ?? []);
    expect(named.filter((name) => !there.includes(name) && !ofOthers.test(name))).toEqual([]);
  });

  test("addresses of the API that there are", () => {
    for (const code of codes) {
      const [, path = ""] = /^(?:[A-Z]+ )?(\/api\/tenancy\/[^\s`#]*)/.exec(code) ?? [];
      if (path === "" || /[…*]/.test(path) || path.endsWith("/")) continue;
      expect(isAddress(path), code).toBe(true);
    }
  });

  test("permissions that there are", () => {
    const resources = new Set(permissions.map((one) => one.split(":")[0]));
    const named = codes.filter((code) => /^[a-z]+:[a-z-]+$/.test(code) && resources.has(code.split(":")[0] ?? ""));
    expect(named.filter((one) => !(permissions as readonly string[]).includes(one))).toEqual([]);
  });

  test("files that there are", () => {
    const rooms = /^(?:lib|docs|scripts|app|components|client|prisma|sample|e2e|bench)\/[\w./[\]()-]+$/;
    expect(codes.filter((code) => rooms.test(code) && !existsSync(code))).toEqual([]);
  });
});

test("documents that the console and the programs name are there", () => {
  const sources = ["app", "components", "client", "lib", "sample"].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${room}/${name}`),
  );
  const named = sources.flatMap((name) => textOf(name).match(/\bdocs\/[\w-]+\.md(#[\w-]+)?/g) ?? []);
  expect(named.length).toBeGreaterThan(3);
  for (const one of new Set(named)) {
    const [file = "", anchor] = one.split("#");
    expect(documents, one).toContain(file);
    if (anchor !== undefined) expect([...anchorsOf(file)], one).toContain(anchor);
  }
});

test("every setting stands in the table of settings, with its default where that is one value", () => {
  const table = textOf("docs/configuration.md");
  const source = readFileSync("lib/platform/env.ts", "utf8");
  const rows = [...table.matchAll(/^\| (`[A-Z_`, ]+`) \| .* \| (.*) \|$/gm)].map(([, names = "", value = ""]) => ({
    names: [...names.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1] ?? ""),
    values: [...value.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""),
  }));
  const inner = ["NODE_ENV", "TENANTRY_APP"];
  const told = rows.flatMap(({ names }) => names);
  expect(
    settingNames()
      .map(({ name }) => name as string)
      .filter((name) => !told.includes(name)),
  ).toEqual(inner);
  for (const { names, values } of rows) {
    if (values.length !== names.length) continue;
    for (const [at, name] of names.entries()) {
      const [, value] = new RegExp(`^ {2}${name}: .*\\.default\\("?([^")]+)"?\\)`, "m").exec(source) ?? [];
      if (value !== undefined && name !== "LOG_LEVEL")
        expect(value.replaceAll("_", "").replace(/^\.tenantry\//, ""), name).toBe(values[at]?.replaceAll("_", ""));
    }
  }
});
