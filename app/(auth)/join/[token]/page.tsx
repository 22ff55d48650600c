import type { Metadata } from "next";
import { DeadLink } from "@/components/accounts/dead-link";
import { Join } from "@/components/accounts/join";
import { showInvitation } from "@/lib/access/show-invitation";
import { readPage } from "@/lib/http/page";

export const metadata: Metadata = { title: "Join", referrer: "no-referrer" };

export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { state, email, role, scope, invitedBy } = await readPage(showInvitation, { token });
  if (state !== "ok" || email === null) return <DeadLink of="invitation" reason={state} />;
  return <Join token={token} email={email} role={role ?? "a user"} scope={scope} invitedBy={invitedBy} />;
}
