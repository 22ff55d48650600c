import type { Metadata } from "next";
import { TimelineScreen } from "@/components/activities/timeline-screen";

export const metadata: Metadata = { title: "Activity" };

export default function ActivityPage() {
  return <TimelineScreen />;
}
