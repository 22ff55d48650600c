import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newSecrets, readSecrets, secretsFile, writeSecrets } from "./kept-secrets";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("secrets come back as they were written, readable by their owner only, and no draft stays", () => {
  expect(readSecrets(folder)).toBeUndefined();
  const secrets = newSecrets();
  writeSecrets(folder, secrets);
  writeSecrets(folder, { ...secrets, oldSecretKeys: ["former"] });
  expect(readSecrets(folder)).toEqual({ ...secrets, oldSecretKeys: ["former"] });
  expect(statSync(secretsFile(folder)).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["secrets.json"]);
});

test("a file of an earlier version has no former keys", () => {
  const { secretKey, postgresPassword } = newSecrets();
  writeFileSync(secretsFile(folder), JSON.stringify({ secretKey, postgresPassword }));
  expect(readSecrets(folder)).toEqual({ secretKey, postgresPassword, oldSecretKeys: [] });
});

test.each([
  ["", /is empty/],
  ["\n", /is empty/],
  ['{ "secretKey": "abc', /is not JSON/],
  ["null", /lacks something/],
  ['{ "secretKey": "abc", "postgresPassword": "x" }', /lacks something.*secretKey/],
])("the file %j is refused in words that name it and say what to do", (text, words) => {
  writeFileSync(secretsFile(folder), text);
  expect(() => readSecrets(folder)).toThrow(words);
  expect(() => readSecrets(folder)).toThrow(/secrets\.json.*put it back from a backup/);
  expect(readFileSync(secretsFile(folder), "utf8")).toBe(text);
});
