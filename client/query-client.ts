import { QueryCache, QueryClient } from "@tanstack/react-query";
import { AppError } from "@/lib/kernel/errors";

const hopeless = new Set(["unauthenticated", "forbidden", "not_found", "invalid"]);

/** The cache of everything the browser has read from the API. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && !(error instanceof AppError && hopeless.has(error.code)),
      },
      mutations: { onError: leaveIfSignedOut },
    },
  });
}

/** Goes to the sign-in page when the session has ended, and comes back afterwards. */
export function leaveIfSignedOut(error: unknown): void {
  if (typeof window === "undefined" || !(error instanceof AppError) || error.code !== "unauthenticated") return;
  const here = window.location.pathname + window.location.search;
  if (!here.startsWith("/sign-in")) window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}
