import type { AnyCommand } from "../command";
import { tenantActionCommands } from "./tenant-actions";
import { tenantDomainCommands } from "./tenant-domains";
import { tenantLifeCommands } from "./tenant-life";
import { tenantReadCommands } from "./tenant-reads";
import { tenantSettingCommands } from "./tenant-settings";
import { tenantWorkCommands } from "./tenant-work";

/** `tenants`: tenants and what can be done with one. */
export const tenantCommands: readonly AnyCommand[] = [
  ...tenantReadCommands,
  ...tenantLifeCommands,
  ...tenantActionCommands,
  ...tenantSettingCommands,
  ...tenantWorkCommands,
  ...tenantDomainCommands,
];
