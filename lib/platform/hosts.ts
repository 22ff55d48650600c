import { env } from "./env";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** Every host under which the console may be asked for, as a Host header says it: lower case, no default port. */
export function hostsOf(address: string, more: readonly string[]): ReadonlySet<string> {
  const { protocol, hostname, port } = new URL(address);
  const names = loopback.includes(hostname) ? [hostname, ...loopback] : [hostname];
  const withPort = (host: string) => (port === "" || /:\d+$/.test(host) ? host : `${host}:${port}`);
  return new Set([...names, ...more].map((host) => plainHost(withPort(host), protocol)));
}

/** Whether a Host header names this console, whoever sent it. */
export function isOwnHost(host: string): boolean {
  const { TENANTRY_URL, TENANTRY_HOSTS } = env();
  return hostsOf(TENANTRY_URL, TENANTRY_HOSTS).has(plainHost(host, new URL(TENANTRY_URL).protocol));
}

/** Whether an Origin header names a page of this console. Host is not asked: the sender chooses it. */
export function isOwnOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  return protocol === new URL(env().TENANTRY_URL).protocol && isOwnHost(host);
}

function plainHost(host: string, protocol: string): string {
  const lower = host.toLowerCase();
  return lower.replace(protocol === "https:" ? /:443$/ : /:80$/, "");
}
