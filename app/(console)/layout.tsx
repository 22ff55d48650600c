import type { ReactNode } from "react";
import { ViewerProvider } from "@/client/viewer";
import { AppDomainProvider } from "@/components/shell/app-domain";
import { Shell } from "@/components/shell/shell";
import { currentUser } from "@/lib/http/page";
import { systemClock } from "@/lib/kernel/clock";
import { appDomain } from "@/lib/tenants/app-url";
import { toldZone } from "./analytics/browser-zone";
import { untilPageIsRead } from "./first-paint";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  // The session first: reading it is what tells Next that this can't be rendered while building.
  const user = await currentUser();
  const zone = await toldZone();
  await untilPageIsRead();
  return (
    <ViewerProvider zone={zone} renderedAt={systemClock().getTime()}>
      <AppDomainProvider domain={appDomain()}>
        <Shell user={user}>{children}</Shell>
      </AppDomainProvider>
    </ViewerProvider>
  );
}
