"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { UserView } from "@/lib/accounts/contract";
import { type Permission, roleAllows } from "@/lib/kernel/permissions";

const UserContext = createContext<UserView | null>(null);

/** Makes the signed-in user known to the screens. */
export function UserProvider({ user, children }: { user: UserView; children: ReactNode }) {
  return <UserContext value={user}>{children}</UserContext>;
}

/** Whether the signed-in user's role includes a permission: what a button asks before it shows itself. */
export function useAllowed(permission: Permission): boolean {
  const user = useContext(UserContext);
  return user !== null && roleAllows(user.role, permission);
}
