import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import type pg from "pg";
import { expect } from "vitest";
import { env } from "@/lib/platform/env";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { type TestFolder, tenantClient, testFolder } from "@/lib/schema/testing-folder";
import type { ItemWork, Outcome } from "../action";
import { findAction } from "../actions";
import { exportPath } from "../export-file";
import { contentsOf } from "../testing-load";
import { makeRun, workUntilRest } from "../testing-runs";
import { act, testWork } from "../testing-work";
import { receive } from "../upload-file";
import { importData } from "./import-data";

const structure = `
  CREATE TYPE mood AS ENUM ('so "so"', 'fine');
  CREATE TABLE "odd ""name"" (1);" (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Select" text, bytes bytea, doc jsonb, list text[], span int4range,
    at timestamptz, gap interval, n numeric, x xml, m mood, len int GENERATED ALWAYS AS (length("Select")) STORED);
  CREATE SCHEMA "other schema";
  CREATE TABLE "other schema".plain (id serial PRIMARY KEY, parent int REFERENCES "other schema".plain, words text DEFAULT 'none');
  CREATE TABLE parts (day date NOT NULL, n int) PARTITION BY RANGE (day);
  CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
  CREATE TABLE parts_b PARTITION OF parts DEFAULT;
  CREATE TABLE hen (id int PRIMARY KEY, egg int NOT NULL);
  CREATE TABLE egg (id int PRIMARY KEY, hen int NOT NULL REFERENCES hen);
  ALTER TABLE hen ADD CONSTRAINT hen_egg FOREIGN KEY (egg) REFERENCES egg DEFERRABLE;
  ALTER TABLE hen ALTER CONSTRAINT hen_egg NOT DEFERRABLE;
  CREATE TABLE told (what text);
  CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO told VALUES (NEW.words); RETURN NEW; END $$;
  CREATE TRIGGER tells AFTER INSERT ON "other schema".plain FOR EACH ROW EXECUTE FUNCTION tell();
  CREATE TRIGGER always AFTER INSERT ON "other schema".plain FOR EACH ROW EXECUTE FUNCTION tell();
  ALTER TABLE "other schema".plain ENABLE ALWAYS TRIGGER always;
  CREATE TABLE kinds (id int PRIMARY KEY);
  INSERT INTO kinds VALUES (1);
  CREATE SEQUENCE "strange ' seq" INCREMENT -3 MINVALUE -900 MAXVALUE 100 START 50;
  CREATE TABLE nothing (id int);`;

const data = `
  INSERT INTO "odd ""name"" (1);" ("Select", bytes, doc, list, span, at, gap, n, x, m) VALUES
    (E'quotes '' " \\\\ \\\\. \\\\N tab\\t line\\nfeed\\r return', '\\x00ff5c0a', '{"a": "\\\\n", "b": [null, "😀"]}',
     ARRAY['a,b', NULL, '{}', '"'], '[1,5)', '2026-11-22 10:00:00.123456+05', '1 mon -2 days', 12345678901234567890.123456789,
     '<a b="c">&amp;</a>', 'so "so"'),
    (NULL, NULL, NULL, NULL, NULL, 'infinity', NULL, 'NaN', NULL, NULL), ('', '', 'null', '{}', 'empty', NULL, '0', 0, '', 'fine'),
    ('\\.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), ('); DROP TABLE kinds; --', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  INSERT INTO "odd ""name"" (1);" ("Select") SELECT repeat('big 😀 ' || n, 300000) FROM generate_series(1, 2) n;
  INSERT INTO "other schema".plain (parent, words) VALUES (NULL, 'root'), (1, 'leaf'), (2, NULL);
  INSERT INTO parts VALUES ('2026-01-15', 1), ('2031-01-01', 2);
  BEGIN; ALTER TABLE hen ALTER CONSTRAINT hen_egg DEFERRABLE INITIALLY DEFERRED;
  INSERT INTO hen VALUES (1, 2); INSERT INTO egg VALUES (2, 1); COMMIT;
  ALTER TABLE hen ALTER CONSTRAINT hen_egg NOT DEFERRABLE;
  INSERT INTO kinds VALUES (2);
  SELECT nextval('"strange '' seq"'), nextval('"strange '' seq"');`;

/** For tests of imports: a tenant whose odd data were exported, and others with the same migrations. */
export class ImportHouse {
  /** What the source held when it was exported. */
  held: Record<string, unknown> = {};
  /** The run whose only file has that. */
  exported = "";
  #made = 0;

  private constructor(
    readonly control: TestControl,
    readonly migrations: TestFolder,
    readonly folder: string,
  ) {}

  static async open(schema = structure): Promise<ImportHouse> {
    const folder = mkdtempSync(join(tmpdir(), "tenantry-imports-"));
    const migrations = testFolder();
    migrations.write("20260101000000_all", schema);
    const control = await testControl();
    Object.assign(env(), { EXPORT_DIR: folder, TENANT_MIGRATIONS: migrations.path });
    return new ImportHouse(control, migrations, folder);
  }

  async close(): Promise<void> {
    await this.control.close();
    this.migrations.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The tenant that is exported, with its export. */
  async source(): Promise<TestTenant> {
    const source = await this.shop("source");
    await this.as(source, (client) => client.query(data));
    this.held = await this.contents(source);
    this.exported = await makeRun([source], { action: "export-data" });
    expect(await workUntilRest(this.exported, findAction)).toBe("finished");
    return source;
  }

  /** A tenant with the migrations and no rows. */
  async target(): Promise<TestTenant> {
    const target = await this.shop(`target-${this.#made++}`);
    await this.as(target, (client) => client.query("DELETE FROM kinds"));
    return target;
  }

  /** A tenant with the migrations and no rows but theirs. */
  async shop(slug: string): Promise<TestTenant> {
    const tenant = await this.control.makeTenant(slug);
    await this.control.sql(`ALTER SCHEMA public OWNER TO "${tenant.role}"`, [], tenant.database);
    await act(findAction("migrate") as never, await testWork(this.control, tenant.id));
    return tenant;
  }

  async as<T>(tenant: TestTenant, use: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = await tenantClient(this.control, tenant);
    return await use(client).finally(() => client.end());
  }

  async contents(tenant: TestTenant): Promise<Record<string, unknown>> {
    return await this.as(tenant, contentsOf);
  }

  file(): string {
    return exportPath(this.exported, "source-0.sql.gz");
  }

  script(): string {
    return gunzipSync(readFileSync(this.file())).toString();
  }

  /** Uploads a text as the host would; returns its SHA-256. */
  async uploaded(text: string | Buffer, owner: string | null = null): Promise<string> {
    return (await receive(Readable.from([Buffer.from(text)]), owner)).sha256;
  }

  async imports(tenant: TestTenant, input: object, more: Partial<ItemWork> = {}): Promise<Outcome> {
    return await act(importData, await testWork(this.control, tenant.id, more), input);
  }

  /** Refused with these words, and nothing in the tenant has changed. */
  async refused(tenant: TestTenant, text: string | Buffer, words: RegExp): Promise<Error> {
    const before = await this.contents(tenant);
    const upload = await this.uploaded(text);
    const error: Error = await this.imports(tenant, { upload }).then(
      () => new Error("It was imported."),
      (reason: Error) => reason,
    );
    expect(error.message).toMatch(words);
    expect(await this.contents(tenant)).toEqual(before);
    return error;
  }
}
