"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { Ellipsis, KeyRound, LogOut, RotateCcwKey, ShieldCheck, UserCheck, UserX } from "lucide-react";
import { useState } from "react";
import { useAllowedEverywhere, useUser } from "@/components/shell/user";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { UserRow } from "@/lib/access/contract";
import { DeactivateDialog } from "./deactivate-dialog";
import { ReactivateDialog, ResetFactorDialog, SignOutDialog } from "./user-dialogs";

const EditUserDialog = lazyDialog(() => import("./edit-user-dialog").then((module) => module.EditUserDialog));
const PasswordLinkDialog = lazyDialog(() =>
  import("./password-link-dialog").then((module) => module.PasswordLinkDialog),
);

type Open = "edit" | "signOut" | "passwordLink" | "resetFactor" | "deactivate" | "reactivate" | null;

const icon = { size: 14, "aria-hidden": true } as const;

/** What may be done about another user, by those who may: owners are touched by owners only. */
export function UserActions({ user }: { user: UserRow }) {
  const [open, setOpen] = useState<Open>(null);
  const me = useUser();
  const close = () => setOpen(null);
  if (!useAllowedEverywhere("users:update")) return null;
  if (user.role === "owner" && me.role !== "owner") return null;
  const active = user.deactivatedAt === null;
  const dialog = { user, close };
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={`Actions for ${user.name}`}>
            <Ellipsis size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<ShieldCheck {...icon} />} onClick={() => setOpen("edit")}>
            Role and reach…
          </Menu.Item>
          {active && (
            <>
              <Menu.Item
                leftSection={<LogOut {...icon} />}
                disabled={user.sessions === 0}
                onClick={() => setOpen("signOut")}
              >
                Sign out everywhere…
              </Menu.Item>
              <Menu.Item leftSection={<KeyRound {...icon} />} onClick={() => setOpen("passwordLink")}>
                Link for a new password…
              </Menu.Item>
              {me.role === "owner" && (
                <Menu.Item
                  leftSection={<RotateCcwKey {...icon} />}
                  disabled={!user.secondFactor}
                  onClick={() => setOpen("resetFactor")}
                >
                  Reset second factor…
                </Menu.Item>
              )}
            </>
          )}
          <Menu.Divider />
          {active ? (
            <Menu.Item color="red" leftSection={<UserX {...icon} />} onClick={() => setOpen("deactivate")}>
              Deactivate…
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<UserCheck {...icon} />} onClick={() => setOpen("reactivate")}>
              Let in again…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <EditUserDialog {...dialog} opened={open === "edit"} />
      <SignOutDialog {...dialog} opened={open === "signOut"} />
      <PasswordLinkDialog {...dialog} opened={open === "passwordLink"} />
      <ResetFactorDialog {...dialog} opened={open === "resetFactor"} />
      <DeactivateDialog {...dialog} opened={open === "deactivate"} />
      <ReactivateDialog {...dialog} opened={open === "reactivate"} />
    </>
  );
}
