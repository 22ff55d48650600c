import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { person } from "@/lib/access/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { nouns } from "./nouns";
import { tenantry } from "./testing";
import { wordsIn } from "./testing-examples";

let control: TestControl;
let run: string;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));

beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("acme");
  await control.makeTenant("birch");
  await controlDb().server.updateMany({ data: { name: "embedded" } });
  await person("owner", "owner");
  await person("ada", "admin");
  run = JSON.parse((await tenantry("runs", "plan", "vacuum", "--tenant", "birch", "--json")).out).id;
  writeFileSync(join(folder, "acme.sql"), "-- nothing\n");
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});

/** Whose examples are tried; the others need more than a seeded installation, and have tests of their own. */
const tried = ["tenants", "servers", "actions", "runs", "users", "invitations", "roles", "keys", "ip-rules", "api"];

/** What ends the tenant that other examples need, or waits for a worker, is only gone through as a dry run. */
const dry = /^tenants (delete|purge|reset|export|drift acme --check) ?|^runs plan .*--confirm/;

/** What is not there on this installation, or is there already. */
const otherwise: [RegExp, number][] = [
  [/^tenants create acme /, 5],
  [/^tenants (restore|resume) acme$/, 5],
  [/^tenants rollback /, 2],
  [/^tenants drift acme$/, 2],
  [/^tenants import acme --run /, 2],
  [/^tenants support end /, 4],
  [/^tenants domains verify /, 7],
  [/^servers (add|remove) /, 4],
  [/^runs (log|download) /, 2],
  [/^runs (retry|undo|replan) /, 5],
];

/** The words of an example as they are on this installation. */
function wordsOf(example: string): string[] {
  const words = wordsIn(example).filter((word) => word !== "--wait");
  const here = words.map((word) => {
    if (word.startsWith("01980f3e")) return run;
    if (/\.(sql\.gz|csv)$/.test(word))
      return join(folder, /^tenants import /.test(example) ? "acme.sql" : `new-${word}`);
    return word;
  });
  return dry.test(example) ? [...here, "--dry-run"] : here;
}

describe.each(tried)("the examples of %s", (noun) => {
  test("do what they say on a seeded installation", async () => {
    for (const command of (await nouns[noun]?.load()) ?? []) {
      for (const example of command.examples) {
        if (/^runs watch /.test(example)) continue;
        const { code, said } = await tenantry(...wordsOf(example));
        const expected = otherwise.find(([of]) => of.test(example))?.[1] ?? 0;
        expect({ example, code, said }).toEqual({ example, code: expected, said: expect.any(String) });
      }
    }
  }, 120_000);
});
