import { timingSafeEqual } from "node:crypto";
import { type AddressRange, addressIn, parseAddressList } from "@/lib/kernel/addresses";
import { sha256 } from "@/lib/platform/crypto";
import { cookiesOf, setCookie } from "./cookie";
import { TenantRefusal } from "./refusal";
import type { Visit } from "./request";
import type { Maintenance, RuntimeTenant } from "./tenant";

/** How a visitor is served although the tenant's app is in maintenance: a token in a link becomes a cookie. */
export type Passage = { setCookie?: string; redirect?: string };

const header = "x-tenantry-bypass";
const word = "tenantry_bypass";
const longestToken = 200;
const cookieSeconds = 12 * 3600;

const networks = new WeakMap<Maintenance, readonly AddressRange[]>();

/**
 * Lets a visitor through: by address, by the bypass token (header, cookie or query), or because it is over by itself.
 * Throws the refusal, a 503 with the message, for everybody else.
 */
export function passMaintenance(tenant: RuntimeTenant, visit: Visit, prefix: string, now: number): Passage {
  const { maintenance } = tenant;
  if (maintenance === null || isOver(maintenance, now)) return {};
  const address = visit.address();
  if (address !== null && addressIn(networksOf(maintenance), address)) return {};
  const tokens = [visit.header(header), ...cookiesOf(visit, word)];
  if (tokens.some((one) => opens(maintenance, one))) return {};
  const [token, rest] = tokenOf(visit.search);
  if (token === null || !opens(maintenance, token)) throw refusalOf(maintenance, tenant.id, now);
  return {
    setCookie: setCookie(word, token, { secure: visit.https(), path: prefix || "/", seconds: cookieSeconds }),
    redirect: sameSite(visit.path, rest),
  };
}

/** Whether a tenant's app is in maintenance at this moment. */
export function inMaintenance({ maintenance }: RuntimeTenant, now: number): boolean {
  return maintenance !== null && !isOver(maintenance, now);
}

function isOver({ until }: Maintenance, now: number): boolean {
  return until !== null && Date.parse(until) <= now;
}

function networksOf(maintenance: Maintenance): readonly AddressRange[] {
  const known = networks.get(maintenance);
  if (known) return known;
  const parsed = parseAddressList(maintenance.allow.join(","));
  const ranges = parsed.ok ? parsed.ranges : [];
  networks.set(maintenance, ranges);
  return ranges;
}

function opens({ bypassHash }: Maintenance, token: string | undefined): boolean {
  if (!token || token.length > longestToken) return false;
  const [given, wanted] = [Buffer.from(sha256(token), "hex"), Buffer.from(bypassHash, "hex")];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The token in a query, and the query without it, in which every other letter stays as it was. */
function tokenOf(search: string): [token: string | null, rest: string] {
  if (!search.includes(word)) return [null, search];
  const rest = search
    .slice(1)
    .split("&")
    .filter((part) => part !== word && !part.startsWith(`${word}=`))
    .join("&");
  return [new URLSearchParams(search).get(word), rest === "" ? "" : `?${rest}`];
}

/** An address of the same site: two slashes at the beginning, or a backslash, would lead to another. */
function sameSite(path: string, search: string): string {
  const location = `/${path.replace(/^[/\\]+/, "")}${search}`;
  return /^[\x21-\x7e]+$/.test(location) ? location : "/";
}

function refusalOf({ message, retryAfter, until }: Maintenance, tenantId: string, now: number): TenantRefusal {
  const left = until === null ? retryAfter : Math.ceil((Date.parse(until) - now) / 1000);
  return new TenantRefusal("maintenance", tenantId, { message, retryAfter: Math.max(1, Math.min(retryAfter, left)) });
}
