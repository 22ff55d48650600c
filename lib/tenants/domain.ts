import { randomBytes } from "node:crypto";
import { newId } from "@/lib/kernel/ids";
import { env } from "@/lib/platform/env";

/** A new domain's row: verified at once where `DOMAIN_VERIFICATION` is off, otherwise DNS is asked soon. */
export function newDomain(hostname: string, now: Date) {
  const proven = env().DOMAIN_VERIFICATION === "off";
  return {
    id: newId(now),
    hostname,
    token: randomBytes(20).toString("hex"),
    createdAt: now,
    ...(proven ? { verifiedAt: now, verifiedBy: "hand" } : { nextCheckAt: now }),
  };
}
