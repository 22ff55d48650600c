"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { LifeBuoy } from "lucide-react";
import { useState } from "react";
import { supportQuery } from "@/client/queries";
import { useAllowed } from "@/components/shell/user";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./support.module.css";
import { SupportItem } from "./support-item";

const few = 5;
/** How often a list with something open in it is read again: what ends by itself is told by nobody. */
const lookMs = 5000;

/** Who opened a tenant's app as support, the newest first; nothing where nobody did and the viewer could not. */
export function SupportPanel({ tenant }: { tenant: TenantView }) {
  const mayOpen = useAllowed("tenants:support");
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery({
    ...supportQuery(tenant.id),
    refetchInterval: ({ state }) => (state.data?.access.some(({ state }) => goesOn(state)) ? lookMs : false),
  });
  const access = data?.access ?? [];
  if (!error && access.length === 0 && !mayOpen) return null;
  return (
    <Panel title="Support access" flush>
      {error && !data && <LoadError what="Support access" error={error} retry={refetch} />}
      {data && access.length === 0 && (
        <Message icon={LifeBuoy} title="Nobody was in its app as support">
          Who opens it appears here, with the reason and the times.
        </Message>
      )}
      <ul className={classes.list}>
        {access.slice(0, all ? access.length : few).map((one) => (
          <SupportItem key={one.id} tenant={tenant} access={one} mayEnd={mayOpen && goesOn(one.state)} />
        ))}
      </ul>
      {access.length > few && !all && (
        <div className={classes.more}>
          <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
            Show all {access.length}
          </Button>
        </div>
      )}
    </Panel>
  );
}

const goesOn = (state: string) => state === "open" || state === "active";
