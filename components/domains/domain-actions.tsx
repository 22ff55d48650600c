"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { Ellipsis, RefreshCw, ShieldCheck, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { DomainDetail } from "@/lib/domains/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import { PrimaryDialog, RemoveDialog } from "./domain-dialogs";

const VouchDialog = lazyDialog(() => import("./vouch-dialog").then((module) => module.VouchDialog));

type Open = "primary" | "vouch" | "remove" | null;

const icon = { size: 14, "aria-hidden": true } as const;

type DomainActionsProps = { tenant: TenantView; domain: DomainDetail; builtIn: string; check: () => void };

/** What can be done about a domain as it stands. */
export function DomainActions({ tenant, domain, builtIn, check }: DomainActionsProps) {
  const [open, setOpen] = useState<Open>(null);
  const { state, primary, hostname } = domain;
  const dialog = (which: Open) => ({ tenant, domain, opened: open === which, close: () => setOpen(null) });
  const answers = state === "verified" || state === "lost";
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={`Actions for ${hostname}`}>
            <Ellipsis size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {answers && !primary && (
            <Menu.Item leftSection={<Star {...icon} />} onClick={() => setOpen("primary")}>
              Make primary…
            </Menu.Item>
          )}
          {state !== "taken" && (
            <Menu.Item leftSection={<RefreshCw {...icon} />} onClick={check}>
              Check DNS now
            </Menu.Item>
          )}
          {(state === "pending" || state === "lost") && (
            <Menu.Item leftSection={<ShieldCheck {...icon} />} onClick={() => setOpen("vouch")}>
              Vouch for it…
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 {...icon} />} onClick={() => setOpen("remove")}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PrimaryDialog {...dialog("primary")} />
      <VouchDialog {...dialog("vouch")} />
      <RemoveDialog {...dialog("remove")} builtIn={builtIn} />
    </>
  );
}
