import type { Metadata } from "next";
import { Enrol } from "@/components/accounts/enrol";

export const metadata: Metadata = { title: "Set up your authenticator" };

export default function EnrolPage() {
  return <Enrol />;
}
