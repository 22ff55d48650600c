import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { AppError } from "@/lib/kernel/errors";
import { isSignedOut, leaveIfSignedOut } from "./session-end";

const hopeless = new Set(["unauthenticated", "forbidden", "not_found", "invalid"]);
const rotationMs = 300;

/** The cache of everything the browser has read from the API. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: { queries: { staleTime: 10_000, retry, retryDelay } },
  });
}

// A step-up changes the session's token: what was asked with the old one in that very moment is asked once more.
function retry(count: number, error: Error): boolean {
  if (isSignedOut(error)) return count < 1;
  return count < 2 && !(error instanceof AppError && hopeless.has(error.code));
}

function retryDelay(count: number, error: Error): number {
  return isSignedOut(error) ? rotationMs : Math.min(1000 * 2 ** count, 30_000);
}
