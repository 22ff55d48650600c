import { env } from "@/lib/platform/env";

/** Where the sample app answers for a host, when it runs here and the host is one of its own; null otherwise. */
export function appUrl(hostname: string): string | null {
  const { TENANTRY_APP, TENANTRY_APP_DOMAIN, TENANTRY_APP_PORT } = env();
  const own = hostname.endsWith(`.${TENANTRY_APP_DOMAIN}`);
  return TENANTRY_APP === "on" && own ? `http://${hostname}:${TENANTRY_APP_PORT}` : null;
}

/** The domain under which every slug is a host. */
export function appDomain(): string {
  return env().TENANTRY_APP_DOMAIN;
}
