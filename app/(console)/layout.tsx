import type { ReactNode } from "react";
import { AppDomainProvider } from "@/components/shell/app-domain";
import { Shell } from "@/components/shell/shell";
import { appDomain } from "@/lib/http/app-url";
import { currentUser } from "@/lib/http/page";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  return (
    <AppDomainProvider domain={appDomain()}>
      <Shell user={await currentUser()}>{children}</Shell>
    </AppDomainProvider>
  );
}
