import { z } from "zod";
import { emailShape, newPassword, personName } from "@/lib/accounts/contract";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";
import { everything, scopeShape } from "@/lib/kernel/scope";

const id = z.object({ id: z.uuid() });
const time = z.iso.datetime();

export const invitationRow = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.string(),
    scope: scopeShape,
    invitedBy: z.string(),
    createdAt: time,
    expiresAt: time,
  })
  .meta({ id: "Invitation" });
export type InvitationRow = z.infer<typeof invitationRow>;

export const listInvitationsContract = contract({
  id: "invitations.list",
  method: "GET",
  path: "/api/tenancy/invitations",
  summary: "List invitations that can still be accepted.",
  access: "users:read",
  list: "invitations",
  input: z.object({
    search: z.string().trim().max(200).default("").describe("part of an e-mail"),
    role: z.array(z.string().max(40)).default([]),
    ...pageInput(100, 500),
  }),
  output: z.object({ invitations: z.array(invitationRow), next: z.string().nullable() }),
});

export const showOpenInvitationContract = contract({
  id: "invitations.show",
  method: "GET",
  path: "/api/tenancy/invitations/{id}",
  summary: "Show an invitation that can still be accepted.",
  access: "users:read",
  state: (invitation) => invitation,
  input: id,
  output: invitationRow,
});

export const inviteContract = contract({
  id: "invitations.create",
  method: "POST",
  path: "/api/tenancy/invitations",
  summary: "Invite somebody by a single-use link, which is shown once and ends after seven days.",
  access: "users:create",
  stepUp: true,
  secretAnswer: true,
  status: 201,
  input: z.object({ email: emailShape, role: z.string().max(40), scope: scopeShape.default(everything) }),
  output: z.object({ invitation: invitationRow, link: z.string() }),
});

export const withdrawInvitationContract = contract({
  id: "invitations.withdraw",
  method: "DELETE",
  path: "/api/tenancy/invitations/{id}",
  summary: "Withdraw an invitation: its link stops working.",
  access: "users:create",
  stepUp: true,
  guarded: true,
  input: id,
  output: invitationRow,
});

const linkState = z.enum(["ok", "used", "expired", "unknown"]);
const token = z.object({ token: z.string().max(200) });

export const showInvitationContract = contract({
  id: "join.show",
  method: "GET",
  path: "/api/tenancy/join/{token}",
  summary: "Tell whether an invitation's link can still be used, and for whom it is.",
  access: "public",
  input: token,
  output: z.object({
    state: linkState,
    email: z.string().nullable(),
    role: z.string().nullable(),
    scope: scopeShape.nullable(),
    invitedBy: z.string().nullable(),
  }),
});

export const acceptInvitationContract = contract({
  id: "join.accept",
  method: "POST",
  path: "/api/tenancy/join/{token}",
  summary: "Accept an invitation: makes the account.",
  access: "public",
  status: 201,
  input: token.extend({ name: personName, password: newPassword }),
  output: z.object({ email: z.string() }),
});

export const showPasswordLinkContract = contract({
  id: "newPassword.show",
  method: "GET",
  path: "/api/tenancy/new-password/{token}",
  summary: "Tell whether a link to set a new password can still be used.",
  access: "public",
  input: token,
  output: z.object({ state: linkState, email: z.string().nullable() }),
});

export const usePasswordLinkContract = contract({
  id: "newPassword.set",
  method: "POST",
  path: "/api/tenancy/new-password/{token}",
  summary: "Set a new password by a link; every session of the account ends, its second factor stays.",
  access: "public",
  input: token.extend({ password: newPassword }),
  output: z.object({ email: z.string() }),
});
