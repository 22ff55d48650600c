import type { Contract } from "@/lib/kernel/contract";
import { domainEndpointContracts } from "./contract-domains";
import { figureEndpointContracts } from "./contract-figures";
import { notOfferedContracts } from "./contract-not-offered";
import { standingEndpointContracts } from "./contract-standing";
import { statusEndpointContracts } from "./contract-statuses";
import { tenantEndpointContracts } from "./contract-tenants";
import { workEndpointContracts } from "./contract-work";

/** The contracts of every endpoint of artflow's that is answered. */
export const compatContracts: readonly Contract[] = [
  ...tenantEndpointContracts,
  ...statusEndpointContracts,
  ...domainEndpointContracts,
  ...workEndpointContracts,
  ...figureEndpointContracts,
  ...standingEndpointContracts,
  ...notOfferedContracts,
].map(({ contract }) => contract);
