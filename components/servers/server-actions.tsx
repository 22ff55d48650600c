"use client";

import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Pencil, Trash2 } from "lucide-react";
import { useAllowedEverywhere } from "@/components/shell/user";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { ServerView } from "@/lib/servers/contract";
import { CheckServer } from "./check-server";
import classes from "./servers.module.css";

const EditServerDialog = lazyDialog(() => import("./edit-server-dialog").then((module) => module.EditServerDialog));
const RemoveServerDialog = lazyDialog(() =>
  import("./remove-server-dialog").then((module) => module.RemoveServerDialog),
);

/** What can be done with a server: it is checked now, changed, or removed from the fleet. */
export function ServerActions({ server }: { server: ServerView }) {
  const [editing, edit] = useDisclosure(false);
  const [removing, remove] = useDisclosure(false);
  const mayCheck = useAllowedEverywhere("databases:maintain");
  const mayEdit = useAllowedEverywhere("servers:update");
  const mayRemove = useAllowedEverywhere("servers:delete");
  const look = { variant: "subtle", color: "gray", size: 30 } as const;
  return (
    <div className={classes.actions}>
      {mayCheck && <CheckServer server={server} />}
      {mayEdit && (
        <ActionIcon {...look} aria-label={`Edit ${server.name}`} onClick={edit.open}>
          <Pencil size={14} aria-hidden="true" />
        </ActionIcon>
      )}
      {mayRemove && (
        <ActionIcon {...look} aria-label={`Remove ${server.name}`} onClick={remove.open}>
          <Trash2 size={14} aria-hidden="true" />
        </ActionIcon>
      )}
      <EditServerDialog server={server} opened={editing} close={edit.close} />
      <RemoveServerDialog server={server} opened={removing} close={remove.close} />
    </div>
  );
}
