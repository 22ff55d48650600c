import type { AnyOperation } from "@/lib/gate/operation";
import { notOfferedContracts } from "../contract-not-offered";
import { endpoint, notOffered } from "./envelope";

/** The endpoints that answer 501, each with a reason. */
export const notOfferedEndpoints: readonly AnyOperation[] = notOfferedContracts.map(({ why, ...one }) =>
  endpoint(one, async () => {
    throw notOffered(why);
  }),
);
