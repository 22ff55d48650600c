import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { roles } from "@/lib/kernel/permissions";

const email = z.email("This is not an e-mail address.").trim().toLowerCase().max(254);
const password = z
  .string()
  .min(12, "Use at least 12 characters; a few words are easier to remember.")
  .max(256, "Use at most 256 characters.");

export const userView = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
});
export type UserView = z.infer<typeof userView>;

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
    name: z.string().trim().min(1, "Tell us your name.").max(120, "Use at most 120 characters."),
    email,
    password,
  }),
  output: userView,
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
  input: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, "A code has six digits."),
  }),
  output: userView,
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

/** Why a sign-in was refused: the fixed words that next-auth carries to the page. */
export const signInFailures = [
  "invalid_credentials",
  "code_required",
  "code_invalid",
  "too_many_attempts",
  "unavailable",
] as const;
export type SignInFailure = (typeof signInFailures)[number];
