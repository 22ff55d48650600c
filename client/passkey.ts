"use client";

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { useSyncExternalStore } from "react";
import { passkeyChallengeContract } from "@/lib/accounts/contract";
import { AppError } from "@/lib/kernel/errors";
import { call } from "./call";
import { Cancelled } from "./step-up";

/** Proves possession of a passkey, for a sign-in or for a step-up's digest; the answer as JSON text. */
export async function provePasskey(digest?: string): Promise<string> {
  const { options } = await call(passkeyChallengeContract, digest === undefined ? {} : { digest });
  // The server's library wrote these options and checks the answer: their shape is theirs alone.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return JSON.stringify(await startAuthentication({ optionsJSON }).catch(explained));
}

/** Has the browser make a passkey; the answer as JSON text. */
export async function makePasskey(options: Record<string, unknown>): Promise<string> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return JSON.stringify(await startRegistration({ optionsJSON }).catch(explained));
}

function explained(error: unknown): never {
  const code = error instanceof WebAuthnError ? error.code : undefined;
  if (code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") {
    throw new AppError("conflict", "This device has a passkey for your account already.", { cause: error });
  }
  if (code === "ERROR_INVALID_DOMAIN" || code === "ERROR_INVALID_RP_ID") {
    throw new AppError("invalid", "Passkeys belong to another address of this console. Open it there.", {
      cause: error,
    });
  }
  // Browsers tell a person who closed the window from one without a passkey by nothing but time, on purpose.
  if (error instanceof Error && /NotAllowed|Abort/.test(`${error.name} ${String(error.cause)}`)) throw new Cancelled();
  throw new AppError("unavailable", "The browser could not use a passkey.", { cause: error });
}

/** Whether this browser knows passkeys; false while rendering on the server. */
export function usePasskeys(): boolean {
  return useSyncExternalStore(nothingChanges, browserSupportsWebAuthn, () => false);
}

const nothingChanges = () => () => undefined;
