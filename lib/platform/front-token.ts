import { randomBytes, timingSafeEqual } from "node:crypto";

/** The header in which the front tells the rest of the web process the socket's address. */
export const remoteHeader = "x-tenantry-remote";

const key = Symbol.for("tenantry.front");
const shared: typeof globalThis & { [key]?: string } = globalThis;

/** What the front writes into the header: the address, with a token that only this process knows. */
export function claimRemote(address: string): string {
  return `${token()} ${address}`;
}

/** The socket's address, when it was the front that wrote the header; null for whoever else did. */
export function remoteOf(value: string | null): string | null {
  const [claimed = "", address = ""] = value?.split(" ") ?? [];
  const [given, own] = [Buffer.from(claimed), Buffer.from(token())];
  return given.length === own.length && timingSafeEqual(given, own) ? address : null;
}

/** Next's bundles hold copies of this module, so that the token lives where all of the process sees the same. */
function token(): string {
  shared[key] ??= randomBytes(32).toString("base64url");
  return shared[key];
}
