import type { Metadata } from "next";
import { AnalyticsOverviewScreen } from "@/components/analytics/overview-screen";

export const metadata: Metadata = { title: "Analytics" };

export default function AnalyticsPage() {
  return <AnalyticsOverviewScreen />;
}
