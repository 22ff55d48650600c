import type { ReactNode } from "react";
import { AnalyticsTabs } from "@/components/analytics/analytics-tabs";
import { ZoneProvider } from "@/components/analytics/zone";
import { toldZone } from "./browser-zone";

export default async function AnalyticsLayout({ children }: { children: ReactNode }) {
  return (
    <ZoneProvider told={await toldZone()}>
      <AnalyticsTabs />
      {children}
    </ZoneProvider>
  );
}
