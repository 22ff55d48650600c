"use client";

import { Menu } from "@mantine/core";
import { ChevronsUpDown, LogOut } from "lucide-react";
import { signOut } from "next-auth/react";
import type { UserView } from "@/lib/accounts/contract";
import classes from "./user-menu.module.css";

/** Who is signed in, in which role, and the way out. */
export function UserMenu({ user }: { user: UserView }) {
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={`Account of ${user.name}`}>
          <span className={classes.initial} aria-hidden="true">
            {Array.from(user.name)[0]?.toUpperCase()}
          </span>
          <span className={classes.who}>
            <span className={classes.name}>{user.name}</span>
            <span className={classes.role}>{user.role}</span>
          </span>
          <ChevronsUpDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item leftSection={<LogOut size={14} aria-hidden="true" />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function leave(): Promise<void> {
  await signOut({ redirect: false });
  window.location.assign("/sign-in");
}
