import { isIP } from "node:net";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** To whom passkeys belong: a domain (WebAuthn's RP ID), and the origin at which they may be used. */
export type RelyingParty = { id: string; origin: string };

/** The console as passkeys know it. Throws `conflict` when browsers refuse passkeys at its address. */
export function relyingParty(): RelyingParty {
  const { protocol, hostname, port } = new URL(env().TENANTRY_URL);
  // WebAuthn knows names, not addresses: a console on the loopback is known as localhost.
  const id = loopback.includes(hostname) ? "localhost" : hostname;
  const isLocal = id === "localhost" || id.endsWith(".localhost");
  if (isIP(id.replace(/^\[|\]$/g, "")) !== 0 || (protocol !== "https:" && !isLocal)) {
    throw new AppError(
      "conflict",
      `Browsers allow passkeys only at a name over https, and this console's address is ${env().TENANTRY_URL}. Use codes from the authenticator app, or give the console such an address.`,
    );
  }
  return { id, origin: `${protocol}//${id}${port && `:${port}`}` };
}
