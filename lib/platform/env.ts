import { isIP } from "node:net";
import { z } from "zod";
import { loopbackWord, parseAddressList } from "@/lib/kernel/addresses";
import { canonicalDomain } from "@/lib/kernel/naming";

const port = z.coerce.number().int().min(1).max(65535);

const hostPattern = /^(\[[0-9a-f:]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*)(:\d{1,5})?$/;

const hosts = z
  .string()
  .default("")
  .transform((text) =>
    text
      .toLowerCase()
      .split(",")
      .flatMap((part) => part.trim() || []),
  )
  .refine((list) => list.every((host) => hostPattern.test(host)), {
    error: "TENANTRY_HOSTS is a list of host names with commas between, such as admin.example.com, 10.0.0.5:8080",
  });

const proxies = z
  .string()
  .default("")
  .transform((text, ctx) => {
    const list = parseAddressList(text, loopbackWord);
    if (list.ok) return list.ranges;
    ctx.addIssue({
      code: "custom",
      message: `${list.reason} The word loopback may stand there, too.`,
    });
    return z.NEVER;
  });

const domain = z.string().transform((text, ctx) => {
  const name = canonicalDomain(text.trim());
  if (name !== null) return name;
  ctx.addIssue({
    code: "custom",
    message: "TENANTRY_APP_DOMAIN is a domain such as apps.example.com, without a port or a dot before it",
  });
  return z.NEVER;
});

/** A template in which {host} and {slug} stand for a tenant's; a path may follow, a query may not. */
const appUrl = z
  .string()
  .refine(
    (text) => {
      const sample = text.replaceAll("{host}", "acme.example.com").replaceAll("{slug}", "acme");
      if (sample === text || !URL.canParse(sample)) return false;
      const { protocol, search, hash } = new URL(sample);
      return /^https?:$/.test(protocol) && search === "" && hash === "" && !/[{}?#]/.test(sample);
    },
    { error: "TENANTRY_APP_URL must look like https://{host}/ or http://{slug}.localhost:4000/" },
  )
  .transform((text) => text.replace(/\/*$/, "/"))
  .optional();

const isNameServer = (text: string): boolean => {
  const [, six, four, number] = /^(?:\[(.+)\]|([\d.]+)):(\d+)$/.exec(text) ?? [];
  return isIP(text) > 0 || (isIP(six ?? four ?? "") > 0 && port.safeParse(number).success);
};

const perMinute = z.coerce.number().int().min(1).max(10_000_000);

const isKey = (value: string) => Buffer.from(value, "base64").length === 32;

const schema = z.object({
  NODE_ENV: z.string().default("production"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: () => databaseWords() }),
  TENANTRY_SECRET_KEY: z.string({ error: () => keyWords("is missing") }).refine(isKey, {
    error: () => keyWords("must be 32 bytes in base64"),
  }),
  TENANTRY_OLD_SECRET_KEYS: z
    .string()
    .default("")
    .transform((value) => value.split(",").flatMap((key) => key.trim() || []))
    .refine(
      (keys) => keys.every(isKey),
      "TENANTRY_OLD_SECRET_KEYS must be keys of 32 bytes in base64, with commas between",
    ),
  TENANTRY_URL: z
    .url({ protocol: /^https?$/, error: "TENANTRY_URL must look like https://tenantry.example.com" })
    .default("http://localhost:3000"),
  TENANTRY_HOSTS: hosts,
  TRUSTED_PROXIES: proxies,
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(5).max(1440).default(60),
  SESSION_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  BREACHED_PASSWORDS: z.enum(["on", "off"]).default("off"),
  TENANTRY_APP_PORT: port.default(3001),
  TENANTRY_APP_DOMAIN: domain.default("localhost"),
  TENANTRY_APP_URL: appUrl,
  TENANTRY_APP: z.enum(["on", "off"]).default("off"),
  TENANT_MIGRATIONS: z.string().default("prisma/tenant/migrations"),
  TENANT_SEED: z.string().default("prisma/tenant/seed.sql"),
  DRIFT_CHECK_HOURS: z.coerce.number().min(0).max(8760).default(24),
  DELETE_GRACE_DAYS: z.coerce.number().min(0).max(3650).default(14),
  BULK_TWO_PERSON: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((part) => part.trim() || [])),
  BULK_SERVER_CONNECTIONS: z.coerce.number().int().min(1).max(500).default(16),
  BULK_LEASE_SECONDS: z.coerce.number().min(1).max(600).default(15),
  EXPORT_DIR: z.string().default(".tenantry/exports"),
  IMPORT_MAX_MB: z.coerce.number().int().min(1).max(1_000_000).default(4096),
  IMPORT_MAX_UNPACKED_MB: z.coerce.number().int().min(1).max(1_000_000_000).default(65536),
  EXPORT_DAYS: z.coerce.number().min(0).max(3650).default(7),
  REPORT_DIR: z.string().default(".tenantry/reports"),
  REPORT_DAYS: z.coerce.number().min(0).max(3650).default(30),
  REPORT_FONTS: z.string().default(""),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "SMTP_URL must look like smtp://user:password@mail.example.com:587" })
    .optional(),
  MAIL_FROM: z.string().default(""),
  MAIL_DOMAINS: z
    .string()
    .default("")
    .transform((text) =>
      text
        .toLowerCase()
        .split(",")
        .flatMap((part) => part.trim() || []),
    ),
  LAKE_DIR: z.string().default(""),
  LAKE_LEVEL: z.enum(["minute", "hour"]).default("minute"),
  DOMAIN_VERIFICATION: z.enum(["dns", "off"]).default("dns"),
  DNS_SERVERS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((part) => part.trim() || []))
    .refine((list) => list.every(isNameServer), {
      error:
        "DNS_SERVERS is a list of addresses with commas between, such as 10.0.0.53, 10.0.0.54:5353, [fd00::53]:5353",
    }),
  ISOLATION_CHECK_HOURS: z.coerce.number().min(0).max(8760).default(6),
  USAGE_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(3),
  USAGE_MINUTES_DAYS: z.coerce.number().int().min(1).max(3650).default(14),
  USAGE_HOURS_DAYS: z.coerce.number().int().min(0).max(36_500).default(400),
  USAGE_DAYS_DAYS: z.coerce.number().int().min(0).max(36_500).default(1825),
  OTLP_SERIES_PER_TENANT: z.coerce.number().int().min(1).max(100_000).default(500),
  OTLP_POINTS_PER_MINUTE: perMinute.default(6000),
  CONTROL_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  RATE_LIMIT_USER: perMinute.default(1200),
  RATE_LIMIT_KEY: perMinute.default(600),
  RATE_LIMIT_TENANT: perMinute.default(1200),
  RATE_LIMIT_ADDRESS: perMinute.default(300),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "REDIS_URL must look like redis://localhost:6379" }).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The process's settings, checked once; an error names every setting that is wrong. */
export function env(): Env {
  if (parsed) return parsed;
  const result = schema.safeParse(source());
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => {
      const name = path.join(".");
      return message.includes(name) ? `  ${message}` : `  ${name}: ${message}`;
    });
    throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
  }
  parsed = result.data;
  return parsed;
}

/** Every setting there is, by name, and whether this process was given it; the others have their defaults. */
export function settingNames(): { name: keyof Env; given: boolean }[] {
  const all = source();
  return Object.keys(schema.shape).map((name) => ({ name: name as keyof Env, given: (all[name] ?? "") !== "" }));
}

const ofApps = ["TENANTRY_SECRET_KEY", "TENANTRY_OLD_SECRET_KEYS", "REDIS_URL", "LOG_LEVEL", "NODE_ENV"];
let inApp = false;

/** What is wrong with the control database's address. In an app, DATABASE_URL may well be the app's own. */
function databaseWords(): string {
  const form = "must look like postgresql://user:password@host:5432/name";
  if (!inApp) return `DATABASE_URL ${form}`;
  return process.env.TENANTRY_DATABASE_URL
    ? `TENANTRY_DATABASE_URL ${form}`
    : "TENANTRY_DATABASE_URL is missing: the address of Tenantry's control database";
}

/** An app can't make up a key: it needs the one that the console sealed with. */
function keyWords(fault: string): string {
  return inApp
    ? `TENANTRY_SECRET_KEY ${fault}: the key of Tenantry's console; another key can't open what it sealed`
    : `TENANTRY_SECRET_KEY ${fault} (make one by: openssl rand -base64 32)`;
}

/** This process is a platform's own app with the runtime in it: only what the runtime needs is read. */
export function readAsApp(): void {
  inApp = true;
}

/** An app has variables of its own: those that happen to be called as ours mean other things there. */
function source(): Record<string, string | undefined> {
  if (!inApp) return process.env;
  const { TENANTRY_DATABASE_URL, DATABASE_URL } = process.env;
  const settings = Object.fromEntries(ofApps.map((name) => [name, process.env[name]]));
  return { ...settings, DATABASE_URL: TENANTRY_DATABASE_URL || DATABASE_URL };
}
