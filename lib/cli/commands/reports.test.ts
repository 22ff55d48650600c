import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { workReport } from "@/lib/reports/work-report";
import { tenantry } from "../testing";
import { wordsIn } from "../testing-examples";
import { reportCommands } from "./reports";

vi.setConfig({ testTimeout: 180_000 });

let control: TestControl;
const folder = mkdtempSync(join(tmpdir(), "tenantry-cli-"));
vi.stubEnv("REPORT_DIR", join(folder, "reports"));

beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("acme");
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});

const json = async (...args: string[]) => {
  const { code, out, said } = await tenantry(...args, "--json");
  expect(out, said).not.toBe("");
  return { code, said, told: JSON.parse(out) };
};

/** Reports and tables are asked for as the help's examples do, without waiting for a file; documents' are run by scripts/docs-examples.test.ts. */
const asking = reportCommands
  .flatMap(({ examples }) => examples)
  .filter((example) => /^reports (make|download) /.test(example) && !/01980f3e|--with id=/.test(example));

test("there are examples in the help", () => expect(asking.length).toBeGreaterThan(4));

test.each(asking)("what the examples ask for is taken: %s", async (example) => {
  const words = wordsIn(example).filter((word) => !/\.(csv|pdf)$/.test(word));
  const { code, said } = await tenantry(...words);
  expect({ code, said }).toEqual({ code: 0, said: expect.any(String) });
});

describe("reports", () => {
  test("tables are downloaded at once to a new file of one's own, with filters and columns", async () => {
    const { kinds } = (await json("reports", "kinds")).told;
    expect(kinds.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(["tenants", "audit"]));
    const file = join(folder, "tenants.csv");
    const done = await tenantry("report", "download", "tenants", file, "--columns", "slug,plan", "--status", "active");
    expect(done).toMatchObject({ code: 0, out: "" });
    expect(readFileSync(file, "utf8")).toMatch(/^\ufeff"slug","plan"\r\n"acme",/);
    expect((await tenantry("reports", "download", "tenants", file)).code).toBe(5);
    expect((await tenantry("reports", "download", "tenants", "--with", "colour=red")).code).toBe(2);
    expect((await tenantry("reports", "download", "everything")).code).toBe(2);
  });

  test("are asked for, followed, downloaded and removed", async () => {
    const { told: asked } = await json("reports", "make", "tenants", "--title", "For the board");
    expect(asked).toMatchObject({ status: "waiting", title: "For the board", format: "csv" });
    expect((await tenantry("reports", "download", asked.id)).code).toBe(5);
    expect((await tenantry("reports", "remove", asked.id, "--yes")).code).toBe(5);
    await workReport(asked.id, new AbortController().signal, { clock: () => new Date() });
    expect((await tenantry("reports", "watch", asked.id)).code).toBe(0);
    expect((await tenantry("reports", "list", "--status", "done")).out).toContain("For the board");
    expect((await tenantry("reports", "show", asked.id)).out).toMatch(/SHA-256 +[0-9a-f]{64}/);
    const got = await tenantry("reports", "download", asked.id);
    expect(got.out).toContain('"acme"');
    expect((await tenantry("reports", "cancel", asked.id)).code).toBe(5);
    expect((await tenantry("reports", "remove", asked.id, "--yes")).code).toBe(0);
    expect((await tenantry("reports", "show", asked.id)).code).toBe(4);
    expect((await tenantry("reports", "show", "board")).code).toBe(4);
  });
});

describe("report schedules", () => {
  test("are made, changed, run, switched off and removed", async () => {
    const name = "Tenants, weekly";
    const timing = ["--every", "weekly", "--day", "1", "--at", "07:00", "--zone", "Europe/Vienna"];
    expect((await tenantry("reports", "schedules", "create", name, "tenants", "--every", "weekly")).code).toBe(2);
    const { told } = await json("reports", "schedules", "create", name, "tenants", ...timing, "--columns", "slug");
    expect(told).toMatchObject({ name, every: "weekly", day: 1, input: { columns: ["slug"] }, enabled: true });
    expect((await tenantry("reports", "schedules", "create", name, "tenants", ...timing)).code).toBe(5);
    expect((await tenantry("reports", "schedules", "list")).out).toContain("weekly on 1 at 07:00 Europe/Vienna");
    const edit = (...more: string[]) => json("reports", "schedules", "edit", name, ...more);
    expect((await edit("--at", "08:30", "--off")).told).toMatchObject({ at: "08:30", enabled: false, nextAt: null });
    expect((await tenantry("reports", "schedules", "show", name)).out).toMatch(/^Next +switched off$/m);
    expect((await edit("--on")).told).toMatchObject({ enabled: true, nextAt: expect.any(String) });
    const { told: report } = await json("reports", "schedules", "run", name);
    expect(report).toMatchObject({ kind: "tenants", status: "waiting", schedule: { name } });
    expect((await tenantry("reports", "schedules", "remove", name, "--yes")).code).toBe(0);
    expect((await tenantry("reports", "schedules", "show", name)).code).toBe(4);
    expect((await tenantry("reports", "mail-test", "ops@example.com")).code).not.toBe(0);
  });
});
