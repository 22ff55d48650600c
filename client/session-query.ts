import { queryOptions } from "@tanstack/react-query";
import { showSessionContract } from "@/lib/accounts/contract";
import { call } from "./call";

/** Who is signed in, with what they may do now. Every page asks, and so it stands apart from what only some ask. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: [showSessionContract.id],
    queryFn: ({ signal }) => call(showSessionContract, {}, { signal }),
    staleTime: 0,
  });
