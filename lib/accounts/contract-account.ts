import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";
import { newPassword, recoveryCodes, sixDigits, startEnrolmentContract, userView } from "./contract";

const time = z.iso.datetime();

export const sessionView = z
  .object({
    id: z.uuid(),
    current: z.boolean(),
    device: z.string().describe("browser and system, as far as the user agent tells"),
    ipAddress: z.string().nullable(),
    createdAt: time,
    lastSeenAt: time,
    expiresAt: time,
  })
  .meta({ id: "Session" });
export type SessionView = z.infer<typeof sessionView>;

export const listSessionsContract = contract({
  id: "sessions.list",
  method: "GET",
  path: "/api/tenancy/account/sessions",
  summary: "List one's own sessions, newest first.",
  access: "session",
  list: "sessions",
  input: z.object(pageInput(100)),
  output: z.object({ sessions: z.array(sessionView), next: z.string().nullable() }),
});

export const endSessionContract = contract({
  id: "sessions.end",
  method: "DELETE",
  path: "/api/tenancy/account/sessions/{id}",
  summary: "End one of one's own sessions, at once.",
  access: "session",
  stepUp: true,
  input: z.object({ id: z.uuid() }),
  output: z.object({ ended: z.int() }),
});

export const endAllSessionsContract = contract({
  id: "sessions.endAll",
  method: "DELETE",
  path: "/api/tenancy/account/sessions",
  summary: "Sign out everywhere: end all of one's own sessions, or all but this one.",
  access: "session",
  stepUp: true,
  input: z.object({ keepThis: z.stringbool().default(true) }),
  output: z.object({ ended: z.int() }),
});

export const passkeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    backedUp: z.boolean().describe("whether it is synchronised between devices"),
    createdAt: time,
    lastUsedAt: time.nullable(),
  })
  .meta({ id: "Passkey" });

export const showAccountContract = contract({
  id: "account.show",
  method: "GET",
  path: "/api/tenancy/account",
  summary: "Show one's own account: second factors, recovery codes that are left, when the password was set.",
  access: "session",
  input: z.object({}),
  output: z.object({
    user: userView,
    enrolledAt: time.nullable(),
    passwordChangedAt: time,
    recoveryCodesLeft: z.int(),
    passkeys: z.array(passkeyView),
  }),
});
export type Account = z.infer<typeof showAccountContract.output>;

export const changePasswordContract = contract({
  id: "account.password",
  method: "PUT",
  path: "/api/tenancy/account/password",
  summary: "Change one's own password, which ends one's other sessions.",
  access: "session",
  stepUp: true,
  input: z.object({ current: z.string().max(256), password: newPassword }),
  output: z.object({ ended: z.int().describe("other sessions that were ended") }),
});

export const renewRecoveryCodesContract = contract({
  id: "account.recoveryCodes",
  method: "POST",
  path: "/api/tenancy/account/recovery-codes",
  summary: "Make ten new recovery codes; the old ones stop working.",
  access: "session",
  stepUp: true,
  secretAnswer: true,
  input: z.object({}),
  output: z.object({ recoveryCodes }),
});

export const startAuthenticatorContract = contract({
  id: "authenticator.start",
  method: "POST",
  path: "/api/tenancy/account/authenticator",
  summary:
    "Begin to move to another authenticator app: a new TOTP secret; the present one works until the new one is proven.",
  access: "session",
  stepUp: true,
  secretAnswer: true,
  input: z.object({}),
  output: startEnrolmentContract.output.extend({ pending: z.string().describe("to be sent back with the first code") }),
});

export const changeAuthenticatorContract = contract({
  id: "authenticator.change",
  method: "PUT",
  path: "/api/tenancy/account/authenticator",
  summary: "Finish moving to another authenticator app by a code from it; the former one stops working.",
  access: "session",
  input: z.object({ pending: z.string().max(1000), code: sixDigits }),
  output: z.object({ enrolledAt: time }),
});

export const startPasskeyContract = contract({
  id: "passkeys.start",
  method: "POST",
  path: "/api/tenancy/account/passkeys/start",
  summary: "Begin to add a passkey: what the browser needs to make one.",
  access: "session",
  stepUp: true,
  input: z.object({}),
  output: z.object({ options: z.record(z.string(), z.unknown()).describe("PublicKeyCredentialCreationOptionsJSON") }),
});

export const addPasskeyContract = contract({
  id: "passkeys.add",
  method: "POST",
  path: "/api/tenancy/account/passkeys",
  summary: "Add the passkey that the browser made.",
  access: "session",
  status: 201,
  input: z.object({
    name: z.string().trim().min(1, "Give it a name.").max(60, "Use at most 60 characters."),
    response: z.string().max(20_000).describe("RegistrationResponseJSON, as JSON text"),
  }),
  output: passkeyView,
});

export const removePasskeyContract = contract({
  id: "passkeys.remove",
  method: "DELETE",
  path: "/api/tenancy/account/passkeys/{id}",
  summary: "Remove one of one's own passkeys.",
  access: "session",
  stepUp: true,
  input: z.object({ id: z.uuid() }),
  output: passkeyView,
});
