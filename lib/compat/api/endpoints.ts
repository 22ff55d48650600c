import type { AnyOperation } from "@/lib/gate/operation";
import { domainEndpoints } from "./domains";
import { figureEndpoints } from "./figures";
import { notOfferedEndpoints } from "./not-offered";
import { standingEndpoints } from "./standing";
import { statusEndpoints } from "./statuses";
import { tenantEndpoints } from "./tenants";
import { workEndpoints } from "./work";

/** Every endpoint of artflow's that is answered. */
export const compatOperations: readonly AnyOperation[] = [
  ...tenantEndpoints,
  ...statusEndpoints,
  ...domainEndpoints,
  ...workEndpoints,
  ...figureEndpoints,
  ...standingEndpoints,
  ...notOfferedEndpoints,
];
