import type { Metadata } from "next";
import { SignIn } from "@/components/accounts/sign-in";
import { safeNext, welcomeWords } from "@/components/accounts/sign-in-words";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<{ next?: string | string[]; welcome?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, welcome } = await searchParams;
  return <SignIn next={safeNext(typeof next === "string" ? next : undefined)} notice={welcomeWords(welcome)} />;
}
