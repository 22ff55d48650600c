import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readMigrations } from "./folder";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-folder-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function add(name: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "migration.sql"), "SELECT 1;");
}

const names = () => readMigrations(folder).map(({ name }) => name);

test("a migration that comes is seen at once, as is one that goes", () => {
  add("1_first");
  expect(names()).toEqual(["1_first"]);
  add("2_second");
  expect(names()).toEqual(["1_first", "2_second"]);
  rmSync(join(folder, "2_second"), { recursive: true });
  expect(names()).toEqual(["1_first"]);
});

test("what has not changed is not read again for every tenant", () => {
  expect(readMigrations(folder)).toBe(readMigrations(folder));
});
