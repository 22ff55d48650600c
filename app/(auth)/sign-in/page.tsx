import type { Metadata } from "next";
import { SignIn } from "@/components/accounts/sign-in";
import { safeNext, welcomeWords } from "@/components/accounts/sign-in-words";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<Partial<Record<"next" | "welcome" | "email", string | string[]>>> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, welcome, email } = await searchParams;
  return (
    <SignIn
      next={safeNext(typeof next === "string" ? next : undefined)}
      notice={welcomeWords(welcome)}
      email={typeof email === "string" ? email.slice(0, 254) : ""}
    />
  );
}
