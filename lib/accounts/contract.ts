import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";
import { permissions } from "@/lib/kernel/permissions";
import { scopeShape } from "@/lib/kernel/scope";

export const emailShape = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("This is not an e-mail address."));
export const personName = z.string().trim().min(1, "Tell us your name.").max(120, "Use at most 120 characters.");
/** A new password. That it is not a common one is checked where it is set. */
export const newPassword = z
  .string()
  .min(12, "Use at least 12 characters; a few words are easier to remember.")
  .max(256, "Use at most 256 characters.");
const sixDigits = z
  .string()
  .trim()
  .regex(/^\d{6}$/, "A code has six digits.");
const time = z.iso.datetime();

/** Whose session it is, with what it may do: what buttons ask. */
export const userView = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    permissions: z.array(z.enum(permissions)),
    scope: scopeShape,
  })
  .meta({ id: "SignedInUser" });
export type UserView = z.infer<typeof userView>;

/** Ten codes, each of which stands in for a lost authenticator once. Shown when they are made and never again. */
const recoveryCodes = z.array(z.string()).describe("shown once");

export const showSetUpContract = contract({
  id: "setUp.show",
  method: "GET",
  path: "/api/tenancy/set-up/{token}",
  summary: "Tell whether a set-up link can still be used.",
  access: "public",
  input: z.object({ token: z.string().max(200) }),
  output: z.object({ usable: z.boolean(), reason: z.enum(["ok", "used", "expired", "unknown"]) }),
});

export const setUpOwnerContract = contract({
  id: "setUp.owner",
  method: "POST",
  path: "/api/tenancy/set-up/{token}",
  summary: "Create the first owner from the one-time set-up link.",
  access: "public",
  status: 201,
  input: z.object({
    token: z.string().max(200),
    name: personName,
    email: emailShape,
    password: newPassword,
  }),
  output: z.object({ email: z.string(), name: z.string() }),
});

export const startEnrolmentContract = contract({
  id: "enrolment.start",
  method: "POST",
  path: "/api/tenancy/enrolment",
  summary: "Begin to enrol a second factor: a new TOTP secret with its QR code.",
  access: "first-factor",
  input: z.object({}),
  output: z.object({
    secret: z.string().describe("base32, for typing in"),
    uri: z.string().describe("otpauth:// address, which the QR code holds"),
    qr: z.string().describe("the QR code as an SVG document"),
  }),
});

export const confirmEnrolmentContract = contract({
  id: "enrolment.confirm",
  method: "PUT",
  path: "/api/tenancy/enrolment",
  summary: "Finish enrolling the second factor by a code from the authenticator.",
  access: "first-factor",
  secretAnswer: true,
  input: z.object({ code: sixDigits }),
  output: z.object({ recoveryCodes }),
});

export const showSessionContract = contract({
  id: "session.show",
  method: "GET",
  path: "/api/tenancy/session",
  summary: "Who is signed in.",
  access: "session",
  input: z.object({}),
  output: userView,
});

export const signOutContract = contract({
  id: "session.signOut",
  method: "DELETE",
  path: "/api/tenancy/session",
  summary: "Sign out: end this session, at once.",
  access: "first-factor",
  input: z.object({}),
  output: z.object({ ended: z.int() }),
});

export const stepUpContract = contract({
  id: "stepUp.prove",
  method: "POST",
  path: "/api/tenancy/step-up",
  summary: "Prove the second factor again, for one digest: it then counts once, for five minutes.",
  access: "session",
  input: z
    .object({
      digest: z.string().regex(/^[0-9a-f]{64}$/, "A digest is 64 hexadecimal digits."),
      code: sixDigits.optional(),
      passkey: z
        .string()
        .max(20_000)
        .optional()
        .describe("a passkey's answer (AuthenticationResponseJSON), as JSON text"),
    })
    .refine((given) => (given.code === undefined) !== (given.passkey === undefined), "Give a code or a passkey."),
  output: z.object({ expiresAt: time }),
});

export const passkeyChallengeContract = contract({
  id: "passkeys.challenge",
  method: "GET",
  path: "/api/tenancy/passkeys/challenge",
  summary: "Get a challenge for a passkey, to sign in or for a step-up's digest; it works once, for five minutes.",
  access: "public",
  input: z.object({
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  output: z.object({ options: z.record(z.string(), z.unknown()).describe("PublicKeyCredentialRequestOptionsJSON") }),
});

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

/** Why a sign-in was refused: the fixed words that next-auth carries to the page. */
export const signInFailures = [
  "invalid_credentials",
  "code_required",
  "code_invalid",
  "too_many_attempts",
  "deactivated",
  "unavailable",
] as const;
export type SignInFailure = (typeof signInFailures)[number];
