"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useLive, useLiveTurns } from "@/client/live";
import { sessionQuery } from "@/client/session-query";
import type { UserView } from "@/lib/accounts/contract";
import { useUser } from "./user";

const lookMs = 10_000;

/**
 * Asks who is signed in while the page is visible, and at once when the live connection turns: somebody whose session
 * has ended leaves for the sign-in, and changed rights have the page made anew.
 */
export function SessionWatch() {
  const router = useRouter();
  const { data, refetch } = useQuery({ ...sessionQuery(), refetchInterval: lookMs });
  const shown = rightsOf(useUser());
  const now = data && rightsOf(data);
  useLive("fleet");
  useLiveTurns(refetch);
  useEffect(() => {
    if (now !== undefined && now !== shown) router.refresh();
  }, [now, shown, router]);
  return null;
}

function rightsOf({ id, role, permissions, scope }: UserView): string {
  return JSON.stringify([id, role, [...permissions].sort(), scope]);
}
