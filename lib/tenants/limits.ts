import type pg from "pg";
import { z } from "zod";
import { quoteName, quoteText } from "@/lib/platform/postgres";
import { type TenantLimits, tenantLimits } from "./shapes";

/** The limits that are a default of the role's sessions in its own database: PostgreSQL's name, and how a value is written. */
const defaults = {
  statementTimeoutSeconds: { name: "statement_timeout", unit: "s" },
  idleInTransactionSeconds: { name: "idle_in_transaction_session_timeout", unit: "s" },
  workMemMb: { name: "work_mem", unit: "MB" },
} as const satisfies Partial<Record<keyof TenantLimits, object>>;

const defaultNames = Object.keys(defaults) as (keyof typeof defaults)[];

const words = {
  connections: "connections",
  statementTimeoutSeconds: "seconds a statement",
  idleInTransactionSeconds: "seconds idle in a transaction",
  workMemMb: "MiB of work memory",
  storageMb: "MiB of storage, watched",
} as const satisfies Record<keyof TenantLimits, string>;

export const limitNames = Object.keys(words) as (keyof TenantLimits)[];

const none: TenantLimits = {
  ...{
    connections: null,
    statementTimeoutSeconds: null,
    idleInTransactionSeconds: null,
    workMemMb: null,
    storageMb: null,
  },
};

const stored = z.object({ limits: tenantLimits.partial().catch({}).default({}) }).catch({ limits: {} });

/** The limits in a tenant's settings. */
export function limitsOf(settings: unknown): TenantLimits {
  const { limits } = stored.parse(settings);
  return Object.assign({ ...none }, limits);
}

/** A limit in words: "20 connections". */
export function limitWords(name: keyof TenantLimits, value: number | null): string {
  if (value === null) return `no limit of ${words[name]}`;
  return `${value} ${value === 1 ? words[name].replace(/s\b/, "") : words[name]}`;
}

/** Makes PostgreSQL hold a tenant's role to its limits, in one transaction. Running it twice comes to the same. */
export async function applyLimits(
  admin: pg.Client,
  tenant: { role: string; database: string },
  limits: TenantLimits,
): Promise<void> {
  const role = quoteName(tenant.role);
  const inDatabase = `ALTER ROLE ${role} IN DATABASE ${quoteName(tenant.database)}`;
  await admin.query("BEGIN");
  try {
    await admin.query(`ALTER ROLE ${role} CONNECTION LIMIT ${limits.connections ?? -1}`);
    for (const key of defaultNames) {
      const value = settingOf(key, limits[key]);
      await admin.query(
        `${inDatabase} ${value === null ? "RESET" : "SET"} ${defaults[key].name}${value === null ? "" : ` = ${quoteText(value)}`}`,
      );
    }
    await admin.query("COMMIT");
  } catch (error) {
    await admin.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

function settingOf(key: keyof typeof defaults, value: number | null): string | null {
  return value === null ? null : `${value}${defaults[key].unit}`;
}

/** What a role has on its server: `rolconnlimit`, and `setconfig` of the role in its database. */
export type HeldLimits = { connections: number; config: string[] };

/** Whether PostgreSQL holds a role to exactly these limits. */
export function holdsLimits({ connections, config }: HeldLimits, limits: TenantLimits): boolean {
  if (connections !== (limits.connections ?? -1)) return false;
  const held = new Map(
    config.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
  return defaultNames.every((key) => (held.get(defaults[key].name) ?? null) === settingOf(key, limits[key]));
}
