import type { ReactNode } from "react";
import { AnalyticsTabs } from "@/components/analytics/analytics-tabs";

export default function AnalyticsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AnalyticsTabs />
      {children}
    </>
  );
}
