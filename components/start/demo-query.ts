import { queryOptions } from "@tanstack/react-query";
import { call } from "@/client/call";
import { showDemoContract } from "@/lib/demo/contract";

const pace = 1500;

/** How the demo fleet stands; read again and again while it is being loaded or removed. */
export const demoQuery = () =>
  queryOptions({
    queryKey: [showDemoContract.id],
    queryFn: ({ signal }) => call(showDemoContract, {}, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.steps.length > 0 ? pace : false),
  });
