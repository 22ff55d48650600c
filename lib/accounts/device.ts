import { type AddressRange, addressIn, canonicalAddress } from "@/lib/kernel/addresses";
import { env } from "@/lib/platform/env";
import { remoteHeader, remoteOf } from "@/lib/platform/front-token";
import type { Device } from "./sessions";

/** What a request says of its sender: the address, as far as it is known for sure, and the browser. */
export function deviceOf(header: (name: string) => string | null): Device {
  const remote = canonicalAddress(remoteOf(header(remoteHeader)) ?? "");
  return {
    ipAddress: remote && senderOf(remote, header("x-forwarded-for"), env().TRUSTED_PROXIES),
    userAgent: header("user-agent")?.slice(0, 300) ?? null,
  };
}

/** Who sent a request to the first proxy of ours: each proxy appends whom it saw, and only what ours say is believed. */
export function senderOf(remote: string, forwarded: string | null, trusted: readonly AddressRange[]): string {
  let sender = remote;
  for (const entry of (forwarded ?? "").split(",").reverse()) {
    if (!addressIn(trusted, sender)) return sender;
    const before = canonicalAddress(entry.trim());
    if (before === null) return sender;
    sender = before;
  }
  return sender;
}
