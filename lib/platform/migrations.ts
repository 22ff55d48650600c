import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type Error as ErrorCause,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

/** Tables that hand-written SQL makes and that Prisma's differ leaves alone. */
const filters = {
  externalTables: [
    ...["tenant_usage_logs", "server_ticks"],
    ...["tenant_usage_minutes", "tenant_usage_hours", "tenant_usage_days"],
    ...["server_usage_minutes", "server_usage_hours", "server_usage_days"],
  ].map((name) => `public.${name}`),
  externalEnums: [],
};

const folder = resolve("prisma/migrations");

type EngineModule = typeof import("@prisma/schema-engine-wasm") & { __wbg_set_wasm: (exports: unknown) => void };

let loaded: Promise<EngineModule> | undefined;

/**
 * Loads Prisma's schema engine in its WebAssembly build: the same engine as `prisma migrate`, without a download.
 * Node 20 can't import a .wasm file, so it is instantiated by hand; once, since the glue keeps views of its memory.
 */
async function load(): Promise<EngineModule> {
  (globalThis as { PRISMA_WASM_PANIC_REGISTRY?: object }).PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message: string) => {
      throw new Error(`Prisma's schema engine stopped: ${message}`);
    },
  };
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as EngineModule;
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

/**
 * PostgreSQL's one-byte type "char" (oid 18), which Prisma's adapter has no case for. The differ meets it since
 * PostgreSQL 18, which lists NOT NULL in pg_constraint, and wants its column `constraint_type` as a character.
 */
const internalChar = 18;

class CatalogPool extends pg.Pool {
  override async query(...args: unknown[]): Promise<never> {
    const result = await (super.query as (...args: unknown[]) => Promise<pg.QueryResult>)(...args);
    for (const field of [result].flat().flatMap((one) => one.fields)) {
      if (field.dataTypeID === internalChar) field.dataTypeID = pg.types.builtins.TEXT;
    }
    return result as never;
  }
}

class MigrationAdapter extends PrismaPg {
  constructor(private readonly pool: CatalogPool) {
    super(pool);
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const index = result.columnNames.indexOf("constraint_type");
      if (index >= 0) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    // The adapter's own splits at every semicolon, also inside functions; in one message a migration is also atomic.
    adapter.executeScript = async (script) => {
      await this.pool.query(script).catch((error: unknown) => {
        throw error instanceof pg.DatabaseError ? new DriverAdapterError(reported(error)) : error;
      });
    };
    return adapter;
  }
}

/** A PostgreSQL error in the form in which the engine prints it. */
function reported({ code, severity, message, detail, column, hint }: pg.DatabaseError): ErrorCause {
  return { kind: "postgres", code: code ?? "XX000", severity: severity ?? "ERROR", message, detail, column, hint };
}

async function withEngine<T>(
  url: string,
  datamodel: string | null,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  const pool = new CatalogPool({ connectionString: url });
  const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(pool));
  const datamodels: [string, string][] | undefined = datamodel ? [["schema.prisma", datamodel]] : undefined;
  try {
    using engine = await (await loaded).SchemaEngine.new({ datamodels }, () => undefined, adapter);
    return await work(engine);
  } finally {
    await pool.end();
  }
}

/** The migrations in a folder, in the form that the engine reads. */
function migrationList(folder: string): MigrationList {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: readFileSync(join(folder, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** Applies the control database's pending migrations and returns their names. */
export async function applyMigrations(url: string): Promise<string[]> {
  return await applyFolder(url, folder);
}

/** The same for any database and folder. */
export async function applyFolder(url: string, path: string): Promise<string[]> {
  return await withEngine(url, null, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationList(path), filters });
    return appliedMigrationNames;
  });
}

/**
 * What the Prisma schema has that the database has not, as SQL; empty when they agree.
 * The database must hold every migration: the difference is then the next migration.
 */
export async function pendingSql(url: string): Promise<string> {
  const file = { path: "schema.prisma", content: readFileSync(resolve("prisma/schema.prisma"), "utf8") };
  const sql = await withEngine(url, file.content, async (engine) => {
    const from = { tag: "schemaDatasource" as const, files: [file], configDir: resolve("prisma") };
    const to = { tag: "schemaDatamodel" as const, files: [file] };
    return (await engine.diff({ from, to, script: true, exitCode: null, filters })).stdout ?? "";
  });
  return sql.includes("-- This is an empty migration.") ? "" : sql.trim();
}
