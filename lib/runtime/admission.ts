import type { Clock } from "@/lib/kernel/clock";
import { cookiesOf } from "./cookie";
import { HostReader } from "./host";
import { inMaintenance, passMaintenance } from "./maintenance";
import { admit, TenantRefusal } from "./refusal";
import type { AppRequest, Visit } from "./request";
import type { Resolver } from "./resolve";
import {
  byDomain,
  bySubdomain,
  type OwnResolver,
  ownResolver,
  type TenantName,
  type TenantResolver,
} from "./resolvers";
import type { Support, SupportSession } from "./support";
import { isSupportPath, supportCookie } from "./support-door";
import type { RuntimeTenant } from "./tenant";
import { trustedProxies } from "./trusted";
import { readVisit } from "./visit";

/** What a host of nobody's is answered: another status and message, or where to go instead. */
export type UnknownAnswer = { redirect: string } | { status: number; message: string };

export type AdmissionOptions = {
  /** The domain under which each tenant has `{slug}.<base>`; localhost unless told. */
  baseDomain?: string;
  /** The ways of finding a request's tenant, in order: the first that names one decides. Subdomain and domain unless told. */
  resolvers?: readonly (TenantResolver | OwnResolver)[];
  /** Proxies whose X-Forwarded-* and Forwarded headers are believed, such as "10.0.0.0/8"; "loopback" stands for this machine. */
  trustedProxies?: readonly string[];
  /** What is answered where nobody lives; a 404 unless told. */
  unknown?: UnknownAnswer | ((visit: Visit) => UnknownAnswer | null | Promise<UnknownAnswer | null>);
};

/** A request that may be served, and as whose. */
export type Admission = {
  readonly tenant: RuntimeTenant;
  /** Which way found the tenant: subdomain, domain, path, header, query, or the name of the app's own function. */
  readonly by: string;
  /** The path for the app's own routes, without a prefix that named the tenant. */
  readonly path: string;
  /** The query with its question mark; empty when there is none. */
  readonly search: string;
  /** The part of the path that named the tenant, such as "/t/acme": put it before the app's links. Empty otherwise. */
  readonly prefix: string;
  /** The tenant's app is in maintenance, and this visitor is served nevertheless. */
  readonly maintenance: boolean;
  /** Who is in as support; null for every other visitor. */
  readonly support: SupportSession | null;
  /** A Set-Cookie header to send. */
  readonly setCookie?: string;
  /** Where to send the browser now: the same address without the token that it brought. */
  readonly redirect?: string;
};

/** Decides about requests: whose each is, and whether it is served. */
export type Admitter = {
  admit: (request: AppRequest) => Promise<Admission>;
  visitOf: (request: AppRequest) => Visit | null;
  /** The active tenant at a Host header, with no regard to maintenance, which is for visitors. */
  resolve: (hostHeader: string | undefined) => Promise<RuntimeTenant>;
  /** The headers that decide whose a request is. */
  vary: readonly string[];
};

type Parts = { resolver: Resolver; support: Pick<Support, "session">; clock: Clock };

/** Makes an admitter of an app's options. Throws when they can't be right. */
export function createAdmitter(options: AdmissionOptions, { resolver, support, clock }: Parts): Admitter {
  const { baseDomain = "localhost", resolvers = [bySubdomain(), byDomain()] } = options;
  const ways = resolvers.map((way) => (typeof way === "function" ? ownResolver(way) : way));
  const hosts = new HostReader(baseDomain);
  const reading = { hosts, trusts: trustedProxies(options.trustedProxies ?? []) };

  const admitVisit = async (visit: Visit): Promise<Admission> => {
    const named = firstNamed(ways, visit);
    const { name, by } = named instanceof Promise ? await named : named;
    const known = name && resolver.find(name);
    const tenant = known instanceof Promise ? await known : known;
    if (!tenant) throw await unknown(options.unknown, visit);
    if (visit.asks !== null && name === visit.asks) hosts.remember(visit.host, visit.asks);
    admit(tenant);
    const prefix = name?.prefix ?? "";
    const path = prefix === "" ? visit.path : visit.path.slice(prefix.length) || "/";
    const cookies = cookiesOf(visit, supportCookie);
    const session = cookies.length === 0 ? null : await firstSession(support, cookies, tenant.id);
    const admission = { tenant, by, prefix, path, search: visit.search, maintenance: false, support: session };
    if (tenant.maintenance === null) return admission;
    const now = clock().getTime();
    // Support is what maintenance may be about: who is in goes on, and who has a link may come in.
    const passes = session !== null || isSupportPath(path);
    const passage = passes ? {} : passMaintenance(tenant, visit, prefix, now);
    return { ...admission, ...passage, maintenance: inMaintenance(tenant, now) };
  };
  return {
    visitOf: (request) => readVisit(request, reading),
    admit: (request) => {
      const visit = readVisit(request, reading);
      return visit === null ? Promise.reject(new TenantRefusal("unknown")) : admitVisit(visit);
    },
    resolve: async (hostHeader) => {
      const query = hosts.read(hostHeader);
      const tenant = query && (await resolver.find(query));
      if (query && tenant) hosts.remember(hostHeader, query);
      return admit(tenant);
    },
    vary: ways.flatMap(({ vary }) => vary ?? []),
  };
}

type Named = { name: TenantName | null; by: string };
const nobody: Named = { name: null, by: "" };

/** The first way that names somebody. It waits only for a way that itself has to. */
function firstNamed(ways: readonly TenantResolver[], visit: Visit, from = 0): Named | Promise<Named> {
  for (let index = from; index < ways.length; index++) {
    const way = ways[index];
    const name = way?.read(visit);
    if (!way || !name) continue;
    if (!(name instanceof Promise)) return { name, by: way.by };
    return name.then((one) => (one ? { name: one, by: way.by } : firstNamed(ways, visit, index + 1)));
  }
  return nobody;
}

async function firstSession(support: Parts["support"], cookies: readonly string[], tenantId: string) {
  for (const cookie of cookies) {
    const session = await support.session(cookie, tenantId);
    if (session) return session;
  }
  return null;
}

async function unknown(answer: AdmissionOptions["unknown"], visit: Visit): Promise<TenantRefusal> {
  const given = typeof answer === "function" ? await answer(visit) : answer;
  if (!given) return new TenantRefusal("unknown");
  return new TenantRefusal("unknown", null, "redirect" in given ? { location: given.redirect } : given);
}
