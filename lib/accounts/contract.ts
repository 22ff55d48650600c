import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
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

export const sixDigits = z
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
export const recoveryCodes = z.array(z.string()).describe("shown once");

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
