"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { UserView } from "@/lib/accounts/contract";
import type { Permission } from "@/lib/kernel/permissions";

const UserContext = createContext<UserView | null>(null);

/** Makes the signed-in user known to the screens. */
export function UserProvider({ user, children }: { user: UserView; children: ReactNode }) {
  return <UserContext value={user}>{children}</UserContext>;
}

/** Who is signed in. */
export function useUser(): UserView {
  const user = useContext(UserContext);
  if (!user) throw new Error("There is no signed-in user here.");
  return user;
}

/** Whether the signed-in user's role includes a permission: what a button asks before it shows itself. */
export function useAllowed(permission: Permission): boolean {
  const user = useContext(UserContext);
  return user?.permissions.includes(permission) ?? false;
}

/** Whether the signed-in user's rights reach all tenants. */
export function useWholeFleet(): boolean {
  return useContext(UserContext)?.scope.kind === "all";
}

/**
 * Whether the signed-in user may do what concerns the whole installation: it takes the permission, and rights that
 * reach all tenants.
 */
export function useAllowedEverywhere(permission: Permission): boolean {
  const allowed = useAllowed(permission);
  return useWholeFleet() && allowed;
}
