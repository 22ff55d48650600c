import { type Env, env, settingNames } from "@/lib/platform/env";

/** Settings that are secrets as a whole. */
const secrets: readonly (keyof Env)[] = ["TENANTRY_SECRET_KEY", "TENANTRY_OLD_SECRET_KEYS"];

/** Settings that are addresses, and may carry a password, or a token behind a question mark. */
const addresses: readonly (keyof Env)[] = ["DATABASE_URL", "REDIS_URL", "TENANTRY_URL", "TENANTRY_APP_URL"];

export type SettingInForce = { name: string; value: string | null; secret: boolean; source: "environment" | "default" };

/** Every setting as this process goes by it, with secrets and what may carry one left out. */
export function settingsInForce(): SettingInForce[] {
  return settingNames().map(({ name, given }) => ({
    name,
    value: shown(name, env()[name]),
    secret: secrets.includes(name),
    source: given ? "environment" : "default",
  }));
}

function shown(name: keyof Env, value: unknown): string | null {
  if (value === undefined || secrets.includes(name)) return null;
  if (addresses.includes(name)) return bare(String(value));
  const one = (member: unknown) =>
    typeof member === "object" && member !== null && "text" in member ? String(member.text) : String(member);
  return Array.isArray(value) ? value.map(one).join(", ") : String(value);
}

/** An address without user, password, query and fragment; in a template, braces stay as they are. */
function bare(address: string): string {
  const [, scheme = "", rest = ""] = /^([a-z]+):\/\/(.*)$/i.exec(address) ?? [];
  const [authority = "", ...path] = (rest.split(/[?#]/)[0] ?? "").split("/");
  return `${scheme}://${[authority.split("@").at(-1), ...path].join("/")}`;
}
