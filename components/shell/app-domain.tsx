"use client";

import { createContext, type ReactNode, useContext } from "react";

const AppDomainContext = createContext("");

/** Makes the domain of the tenants' default hosts known to the screens. */
export function AppDomainProvider({ domain, children }: { domain: string; children: ReactNode }) {
  return <AppDomainContext value={domain}>{children}</AppDomainContext>;
}

/** The domain under which every slug is a host. */
export function useAppDomain(): string {
  return useContext(AppDomainContext);
}
