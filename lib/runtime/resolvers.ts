import { canonicalHost, reservedSlugs } from "@/lib/kernel/naming";
import { type HostQuery, platformDomain, readHost } from "./host";
import type { Visit } from "./request";

/** Whom a request names; `prefix` is the beginning of the path that did it, which the app's own paths come after. */
export type TenantName = (HostQuery | { id: string }) & { prefix?: string };

type Named = TenantName | null;

/** One way of finding out whose a request is. `by` is the word for it in an admission. */
export type TenantResolver = {
  readonly by: string;
  readonly read: (visit: Visit) => Named | Promise<Named>;
  /** The header that decides, which caches have to know of. */
  readonly vary?: string;
};

/** A way of the app's own: from a request to whom it names, or null when it names nobody. */
export type OwnResolver = (visit: Visit) => Named | Promise<Named>;

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** `acme.<baseDomain>`: the first label is the slug. `except` are labels of the platform's own, such as a landing page. */
export function bySubdomain({ except = [] }: { except?: readonly string[] } = {}): TenantResolver {
  const own = new Set([...reservedSlugs, ...except.map(platformLabel)]);
  return {
    by: "subdomain",
    read: ({ asks }) => (asks !== null && "slug" in asks && !own.has(asks.slug) ? asks : null),
  };
}

/** A verified domain of the tenant's. `except` are hosts of the platform's own. */
export function byDomain({ except = [] }: { except?: readonly string[] } = {}): TenantResolver {
  const own = new Set(except.map((host) => platformDomain("byDomain except", host)));
  return {
    by: "domain",
    read: ({ asks }) => (asks !== null && "hostname" in asks && !own.has(asks.hostname) ? asks : null),
  };
}

/** `/t/acme/orders`: the part after the prefix is the slug, and `/orders` the path of the admission. */
export function byPathPrefix(prefix = "/t"): TenantResolver {
  const before = `/${prefix.replace(/^\/+|\/+$/g, "")}/`.replace("//", "/");
  return {
    by: "path",
    read: ({ path }) => {
      if (!path.startsWith(before)) return null;
      const end = path.indexOf("/", before.length);
      const part = path.slice(before.length, end < 0 ? undefined : end);
      const slug = decoded(part);
      return slug !== null && isSlug(slug) ? { slug, prefix: before + part } : null;
    },
  };
}

/** A header that holds the slug, or the id. Whoever can send the header can choose the tenant. */
export function byHeader(name: string, { as = "slug" }: { as?: "slug" | "id" } = {}): TenantResolver {
  const header = name.toLowerCase();
  return { by: "header", vary: header, read: (visit) => nameOf(visit.header(header), as) };
}

/** A parameter of the query that holds the slug, or the id. Named twice, it names nobody. */
export function byQuery(name: string, { as = "slug" }: { as?: "slug" | "id" } = {}): TenantResolver {
  return {
    by: "query",
    read: ({ search }) => {
      if (search === "") return null;
      const values = new URLSearchParams(search).getAll(name);
      return values.length === 1 ? nameOf(values[0], as) : null;
    },
  };
}

/** An app's own function as one way among others; what it names is checked like everything from outside. */
export function ownResolver(read: OwnResolver): TenantResolver {
  return { by: read.name || "own", read: async (visit) => checked(await read(visit), visit) };
}

/** Whether a text can be a tenant's id: everything else would be an error of PostgreSQL's. */
export function isId(text: string): boolean {
  return uuid.test(text);
}

/** A label in the form in which a host's first one is read. */
function platformLabel(text: string): string {
  const name = readHost(`${text}.localhost`, "localhost");
  if (name && "slug" in name) return name.slug;
  throw new Error(`bySubdomain except: ${JSON.stringify(text)} is no single label such as www.`);
}

function checked(name: Named, { path }: Visit): Named {
  if (name === null || (name.prefix !== undefined && !path.startsWith(name.prefix))) return null;
  const prefix = name.prefix === undefined ? {} : { prefix: name.prefix };
  if ("id" in name) return isId(name.id) ? name : null;
  if ("slug" in name) return isSlug(name.slug) ? name : null;
  const hostname = canonicalHost(name.hostname);
  return hostname === null ? null : { hostname, ...prefix };
}

function nameOf(value: string | undefined, as: "slug" | "id"): Named {
  if (value === undefined) return null;
  if (as === "id") return isId(value) ? { id: value } : null;
  return isSlug(value) ? { slug: value } : null;
}

// Not folded: in a path, a header or a query a tenant has one spelling, so that caches and logs see one tenant.
function isSlug(text: string): boolean {
  return label.test(text);
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
