"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { usePageArrived } from "@/client/page-arrival";
import { useNewTenant } from "./use-new-tenant";

const NewTenantDialog = dynamic(() => import("./new-tenant-dialog").then((module) => module.NewTenantDialog), {
  ssr: false,
});

/** The dialog that creates a tenant, fetched when it is asked for the first time. */
export function NewTenantDoor() {
  const { opened, close } = useNewTenant();
  const [wanted, setWanted] = useState(opened);
  if (opened && !wanted) setWanted(true);
  return usePageArrived() && wanted ? <NewTenantDialog opened={opened} close={close} /> : null;
}
