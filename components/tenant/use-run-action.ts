"use client";

import { useRouter } from "next/navigation";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { sayDone } from "@/components/ui/toast";
import { listRunsContract, runTenantContract } from "@/lib/bulk/contract";

/** Runs an action on one tenant and goes to its run, where it can be followed. `what` is said with the second factor. */
export function useRunAction(what: string) {
  const router = useRouter();
  const readAgain = useReadAgain();
  return useSubmit(
    runTenantContract,
    ({ id, status }) => {
      readAgain(listRunsContract);
      sayDone(status === "awaiting_second" ? "It waits for a second person to confirm it." : "It has begun.");
      router.push(`/bulk/${id}`);
    },
    () => what,
  );
}
