"use client";

import { useReadAgain } from "@/client/read-again";
import { showMaintenanceContract } from "@/lib/maintenance/contract";
import { listTenantsContract, showTenantContract } from "@/lib/tenants/contract";
import { listActivitiesContract } from "@/lib/tenants/contract-activities";

/** Has a tenant read again, with its maintenance, wherever it is shown. */
export function useReadTenantAgain(): () => void {
  const readAgain = useReadAgain();
  return () => readAgain(showTenantContract, showMaintenanceContract, listTenantsContract, listActivitiesContract);
}
