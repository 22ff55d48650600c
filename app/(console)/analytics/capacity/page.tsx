import type { Metadata } from "next";
import { CapacityScreen } from "@/components/capacity/capacity-screen";

export const metadata: Metadata = { title: "Capacity" };

export default function CapacityPage() {
  return <CapacityScreen />;
}
