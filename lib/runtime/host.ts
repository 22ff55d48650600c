import { canonicalDomain, canonicalHost } from "@/lib/kernel/naming";

/** What a host name asks the registry for. */
export type HostQuery = { slug: string } | { hostname: string };

const host = /^(.*?)(?::\d{0,5})?$/;
const longest = 1024;
const mostKnown = 10_000;

/**
 * Reads a Host header as a browser writes it (case, Unicode, trailing dot and port folded away).
 * Every name under the base domain is a slug and nothing else, so that nobody's own domain can pass for another's
 * subdomain. Null when no tenant can have such a name.
 */
export function readHost(header: string | undefined, baseDomain: string): HostQuery | null {
  if (header === undefined || header.length > longest) return null;
  const name = canonicalHost(host.exec(header)?.[1] ?? "");
  if (name === null || name === baseDomain) return null;
  if (!name.endsWith(`.${baseDomain}`)) return { hostname: name };
  const slug = name.slice(0, -baseDomain.length - 1);
  return slug.includes(".") ? null : { slug };
}

/** A domain of the platform's own as Host headers are read. Throws, naming the option, for what is none. */
export function platformDomain(option: string, domain: string): string {
  const name = canonicalDomain(domain);
  if (name === null) throw new Error(`${option}: ${JSON.stringify(domain)} is no domain such as example.com.`);
  return name;
}

/** Reads Host headers, and remembers those of tenants: most requests have one that was read before. */
export class HostReader {
  readonly #base: string;
  readonly #known = new Map<string, HostQuery>();

  constructor(baseDomain: string) {
    this.#base = platformDomain("baseDomain", baseDomain);
  }

  read(header: string | undefined): HostQuery | null {
    return this.#known.get(header ?? "") ?? readHost(header, this.#base);
  }

  /** A tenant lives at this header. Only such are remembered, so that strangers can't fill the memory. */
  remember(header: string | undefined, query: HostQuery): void {
    if (!header || this.#known.has(header)) return;
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(header, query);
  }
}
