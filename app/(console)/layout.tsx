import type { ReactNode } from "react";
import { AppDomainProvider } from "@/components/shell/app-domain";
import { Shell } from "@/components/shell/shell";
import { currentUser } from "@/lib/http/page";
import { appDomain } from "@/lib/tenants/app-url";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  // The session first: reading it is what tells Next that this can't be rendered while building.
  const user = await currentUser();
  return (
    <AppDomainProvider domain={appDomain()}>
      <Shell user={user}>{children}</Shell>
    </AppDomainProvider>
  );
}
