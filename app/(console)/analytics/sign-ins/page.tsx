import type { Metadata } from "next";
import { SignInsScreen } from "@/components/sign-ins/sign-ins-screen";

export const metadata: Metadata = { title: "Sign-ins" };

export default function SignInsPage() {
  return <SignInsScreen />;
}
