import type { Metadata } from "next";
import { Refused } from "@/components/accounts/refused";

export const metadata: Metadata = { title: "Not from here" };

export default function RefusedPage() {
  return <Refused />;
}
