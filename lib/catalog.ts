import { fleetOperations } from "@/lib/catalog-fleet";
import { peopleOperations } from "@/lib/catalog-people";
import { reportOperations } from "@/lib/catalog-reports";
import { tenantsOperations } from "@/lib/catalog-tenants";
import type { AnyOperation } from "@/lib/gate/operation";

/** Every operation of the product, by its id. */
export const catalog: readonly AnyOperation[] = [
  ...peopleOperations,
  ...tenantsOperations,
  ...fleetOperations,
  ...reportOperations,
];
