import { generateSecret, generateURI, verify } from "otplib";
import { seal, unseal } from "@/lib/platform/keyring";
import { contexts } from "@/lib/platform/sealed-columns";

/** A new TOTP secret (RFC 6238: SHA-1, 6 digits, 30 s), in base32. */
export const newTotpSecret = (): string => generateSecret();

/** A TOTP secret as it is stored. */
export async function sealTotp(userId: string, secret: string): Promise<string> {
  return await seal(secret, contexts.totp(userId));
}

/** A stored TOTP secret, opened. */
export async function openTotp(userId: string, envelope: string): Promise<string> {
  return await unseal(envelope, contexts.totp(userId));
}

/** The address that an authenticator app reads from the QR code. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: "Tenantry", label: email, secret });
}

/**
 * The time step a code belongs to, if it is right, at most one step off the clock, and newer than the last one used:
 * a code works once. Undefined otherwise.
 */
export async function matchingStep(
  secret: string,
  code: string,
  now: Date,
  lastStep: number | null,
): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = await verify({ secret, token: code, epoch, epochTolerance: 30 });
  if (!result.valid || !("timeStep" in result)) return undefined;
  return lastStep === null || result.timeStep > lastStep ? result.timeStep : undefined;
}
