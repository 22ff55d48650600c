import type { Metadata } from "next";
import { DeadLink } from "@/components/accounts/dead-link";
import { SetUp } from "@/components/accounts/set-up";
import { showSetUp } from "@/lib/accounts/show-set-up";
import { readPage } from "@/lib/http/page";

export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

export default async function SetUpPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { usable, reason } = await readPage(showSetUp, { token });
  if (usable) return <SetUp token={token} />;
  return <DeadLink of="setUp" reason={reason} />;
}
