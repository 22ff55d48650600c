import type { Metadata } from "next";
import { ReferenceScreen } from "@/components/reference/reference-screen";

export const metadata: Metadata = { title: "API reference" };

/** For anybody, like the document that it shows. */
export default function ReferencePage() {
  return <ReferenceScreen />;
}
