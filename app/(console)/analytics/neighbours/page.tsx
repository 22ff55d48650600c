import type { Metadata } from "next";
import { NeighboursScreen } from "@/components/neighbours/neighbours-screen";

export const metadata: Metadata = { title: "Neighbours" };

export default function NeighboursPage() {
  return <NeighboursScreen />;
}
