import { addDomain } from "@/lib/domains/add-domain";
import { listDomains } from "@/lib/domains/list-domains";
import { removeDomain } from "@/lib/domains/remove-domain";
import type { AnyOperation } from "@/lib/gate/operation";
import * as contracts from "../contract-domains";
import { endpoint, inside } from "./envelope";
import { domainOf } from "./tenant-shape";

const list = endpoint(contracts.list, async (ctx, { id }) => {
  const { domains } = await inside(ctx, listDomains, { id });
  return { data: domains.map((one) => domainOf(one, id)) };
});

const add = endpoint(contracts.add, async (ctx, { id, domain }) => {
  const made = await inside(ctx, addDomain, { id, hostname: domain }, { hostname: "domain" });
  return { data: { ...domainOf(made, id), record: made.record }, message: "The domain is added." };
});

const remove = endpoint(contracts.remove, async (ctx, { id, domain }) => {
  await inside(ctx, removeDomain, { id, domain });
  return { data: null, message: "The domain is removed." };
});

/** Tenants' domains. */
export const domainEndpoints: readonly AnyOperation[] = [list, add, remove];
