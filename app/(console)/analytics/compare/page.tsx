import type { Metadata } from "next";
import { CompareScreen } from "@/components/compare/compare-screen";
import { allowed } from "../../allowed";

export const metadata: Metadata = { title: "Compare tenants" };

// The browser asks for the figures: a tenant that is gone must not take the page away, but be left out there.
export default function ComparePage() {
  return allowed(async () => <CompareScreen />);
}
