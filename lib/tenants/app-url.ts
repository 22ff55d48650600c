import { env } from "@/lib/platform/env";
import { defaultHost } from "./rules";

/** Where the sample app answers for a host, when it runs here and the host is one of its own; null otherwise. */
export function sampleUrl(hostname: string): string | null {
  const { TENANTRY_APP, TENANTRY_APP_DOMAIN, TENANTRY_APP_PORT } = env();
  const own = hostname.endsWith(`.${TENANTRY_APP_DOMAIN}`);
  return TENANTRY_APP === "on" && own ? `http://${hostname}:${TENANTRY_APP_PORT}` : null;
}

/** The domain under which every slug is a host. */
export function appDomain(): string {
  return env().TENANTRY_APP_DOMAIN;
}

type Addressed = { slug: string; domains: readonly { hostname: string; primary: boolean; verifiedAt: Date | null }[] };

/**
 * Where a tenant's app begins, with a slash at its end: by `TENANTRY_APP_URL`, if that is set; else the sample's address
 * where the sample runs, which answers here whatever DNS says; else the tenant's primary domain, once it is verified, or
 * its host under the app's domain.
 */
export function appUrlOf({ slug, domains }: Addressed): string {
  const builtIn = defaultHost(slug, appDomain());
  const host = domains.find(({ primary, verifiedAt }) => primary && verifiedAt !== null)?.hostname ?? builtIn;
  const { TENANTRY_APP_URL: template } = env();
  if (template !== undefined) return template.replaceAll("{host}", host).replaceAll("{slug}", slug);
  const sample = sampleUrl(builtIn);
  return sample ? `${sample}/` : `https://${host}/`;
}
