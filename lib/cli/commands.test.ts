import { readFileSync } from "node:fs";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import type { AnyCommand } from "./command";
import { cliGuide } from "./guide";
import { nouns } from "./nouns";
import { addCommand, addGlobalOptions } from "./parser";
import { tenantry } from "./testing";
import { wordsIn } from "./testing-examples";

const loaded = await Promise.all(Object.values(nouns).map((noun) => noun.load()));
const commands = loaded.flat();

test("there are at least fifty commands, and each begins with its noun", () => {
  expect(commands.length).toBeGreaterThanOrEqual(50);
  const paths = commands.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  for (const [at, name] of Object.keys(nouns).entries()) {
    expect(loaded[at]?.every(({ path }) => path.split(" ")[0] === name)).toBe(true);
  }
});

describe("every command", () => {
  test("says in a sentence what it does, and so does each of its options", () => {
    for (const { path, words, options } of commands) {
      expect(words, path).toMatch(/^[A-Z].+[.)]$/);
      for (const [name, { words }] of Object.entries(options)) expect(words, `${path} --${name}`).toMatch(/\w/);
    }
  });

  test("has examples that are asked rightly, and are of that very command", async () => {
    for (const command of commands) {
      expect(command.examples.length, command.path).toBeGreaterThan(0);
      for (const example of command.examples) {
        const asked = await parsedAs(wordsIn(example));
        expect(asked?.path, example).toBe(command.path);
      }
    }
  });
});

test("the guide docs/cli-reference.md is what the commands say: if not, run npm run cli-guide", async () => {
  expect(readFileSync("docs/cli-reference.md", "utf8")).toBe(await cliGuide());
});

/** The command that a line is for, as the parser reads it; nothing is run. */
async function parsedAs(words: string[]): Promise<AnyCommand | undefined> {
  const program = new Command("tenantry").exitOverride().configureOutput({ outputError: () => undefined });
  addGlobalOptions(program);
  let found: AnyCommand | undefined;
  for (const command of commands) {
    addCommand(program, command, async (one) => {
      found = one;
    });
  }
  await program.parseAsync(words, { from: "user" });
  return found;
}

describe("help", () => {
  test("of the program names every noun, also by its other name", async () => {
    const { code, out } = await tenantry("--help");
    expect(code).toBe(0);
    for (const [name, { alias }] of Object.entries(nouns)) expect(out).toContain(alias ? `${name}|${alias}` : name);
  });

  test("of a command tells its options, those of all commands, and its examples", async () => {
    const { code, out } = await tenantry("tenant", "create", "--help");
    expect(code).toBe(0);
    for (const words of ["--server <server>", "--dry-run", "Examples:\n  tenantry tenants create"]) {
      expect(out).toContain(words);
    }
  });

  test("of tenants says what each group of commands is about", async () => {
    const { out } = await tenantry("tenants", "--help");
    for (const group of ["settings", "maintenance", "support", "domains"])
      expect(out).toMatch(new RegExp(`^  ${group} +[A-Z]`, "m"));
  });

  test("of a noun lists its commands", async () => {
    const { code, out } = await tenantry("tenants", "domains", "--help");
    expect(code).toBe(0);
    for (const verb of ["add", "verify", "vouch", "primary"]) expect(out).toMatch(new RegExp(`^  ${verb} `, "m"));
  });
});
