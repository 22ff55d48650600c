import type { Metadata } from "next";
import { SchemaScreen } from "@/components/schema/schema-screen";

export const metadata: Metadata = { title: "Schema" };

export default function SchemaPage() {
  return <SchemaScreen />;
}
