"use client";

import { Menu } from "@mantine/core";
import { ChevronsUpDown, CircleUser, LogOut } from "lucide-react";
import { signOut } from "@/client/sign-out";
import { Link } from "@/components/ui/link";
import type { UserView } from "@/lib/accounts/contract";
import { scopeWords } from "@/lib/kernel/scope";
import classes from "./user-menu.module.css";

/** Who is signed in, in which role, for which tenants, and the ways to the account and out. */
export function UserMenu({ user, onNavigate }: { user: UserView; onNavigate: () => void }) {
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={`Account of ${user.name}`}>
          <span className={classes.initial} aria-hidden="true">
            {Array.from(user.name)[0]?.toUpperCase()}
          </span>
          <span className={classes.who}>
            <span className={classes.name}>{user.name}</span>
            <span className={classes.role} title={roleWords(user)}>
              {roleWords(user)}
            </span>
          </span>
          <ChevronsUpDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item
          component={Link}
          href="/account"
          leftSection={<CircleUser size={14} aria-hidden="true" />}
          onClick={onNavigate}
        >
          Account
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={14} aria-hidden="true" />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function roleWords({ role, scope }: UserView): string {
  return scope.kind === "all" ? role : `${role} · ${scopeWords(scope)}`;
}
