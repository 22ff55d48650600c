import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const doc = readFileSync("docs/asvs.md", "utf8");

/** What the table's last column names: a file and the title of a test in it. */
const named = [...doc.matchAll(/`((?:lib|e2e)\/[\w./-]+\.(?:test|spec)\.ts)`: ((?:"[^"]+"(?:, )?)+)/g)].flatMap(
  ([, file = "", titles = ""]) => [...titles.matchAll(/"([^"]+)"/g)].map((match) => [file, match[1] ?? ""] as const),
);

test("docs/asvs.md names tests for its requirements", () => {
  expect(named.length).toBeGreaterThan(50);
});

test.each(named)("%s has a test named %s", (file, title) => {
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toContain(title);
});

test("every file that docs/asvs.md names is there", () => {
  const rows = doc.split("\n").filter((line) => /^\| \d/.test(line));
  for (const row of rows) {
    const where = row.split(" | ")[2] ?? "";
    let folder = "";
    for (const [, path = ""] of where.matchAll(/`([^`]+)`/g)) {
      if (path.includes("/")) folder = path.slice(0, path.lastIndexOf("/") + 1);
      const file = path.includes("/") || existsSync(path) ? path : folder + path;
      expect(existsSync(file), `${file} in: ${row.slice(0, 60)}`).toBe(true);
    }
  }
});
