import type { Metadata } from "next";
import { DeadLink } from "@/components/accounts/dead-link";
import { NewPassword } from "@/components/accounts/new-password";
import { showPasswordLink } from "@/lib/access/show-password-link";
import { readPage } from "@/lib/http/page";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default async function NewPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { state, email } = await readPage(showPasswordLink, { token });
  if (state !== "ok" || email === null) return <DeadLink of="password" reason={state} />;
  return <NewPassword token={token} email={email} />;
}
