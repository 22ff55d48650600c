import { canonicalHost } from "@/lib/kernel/naming";

/** What a host name asks the registry for. */
export type HostQuery = { slug: string } | { hostname: string };

const host = /^(.*?)(?::\d{0,5})?$/;

/**
 * Reads a Host header as a browser writes it (case, Unicode, trailing dot and port folded away).
 * Every name under the base domain is a slug and nothing else, so that nobody's own domain can pass for another's
 * subdomain. Null when no tenant can have such a name.
 */
export function readHost(header: string | undefined, baseDomain: string): HostQuery | null {
  const name = canonicalHost(host.exec(header ?? "")?.[1] ?? "");
  if (name === null || name === baseDomain) return null;
  if (!name.endsWith(`.${baseDomain}`)) return { hostname: name };
  const slug = name.slice(0, -baseDomain.length - 1);
  return slug.includes(".") ? null : { slug };
}
