"use client";

import { Radio } from "@mantine/core";
import { useState } from "react";
import { serverTime } from "@/client/now";
import { useAllowed } from "@/components/shell/user";
import { Dialog } from "@/components/ui/dialog";
import { plural } from "@/components/ui/plural";
import { calendarDay } from "@/components/ui/time";
import type { TenantView } from "@/lib/tenants/shapes";
import { PurgeWords } from "./purge-dialog";
import { SlugForm } from "./slug-form";
import classes from "./tenant.module.css";

type DeleteDialogProps = { tenant: TenantView; graceDays: number; opened: boolean; close: () => void };

/** Deletes a tenant, so that it can be restored for a while; or, for who may and chooses it, with no way back. */
export function DeleteDialog({ tenant, graceDays, opened, close }: DeleteDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Delete ${tenant.name}?`}>
      {tenant.status === "failed" ? (
        <SlugForm tenant={tenant} close={close} purge={false}>
          <p>
            Its set-up failed, so there is nothing to keep: what was made of it goes at once, and its slug is free
            again.
          </p>
        </SlugForm>
      ) : (
        <DeleteChoice tenant={tenant} graceDays={graceDays} close={close} />
      )}
    </Dialog>
  );
}

function DeleteChoice({ tenant, graceDays, close }: Omit<DeleteDialogProps, "opened">) {
  const [purge, setPurge] = useState(false);
  const mayPurge = useAllowed("tenants:purge");
  const until = calendarDay(serverTime() + graceDays * 86_400_000);
  return (
    <SlugForm tenant={tenant} close={close} purge={purge}>
      {mayPurge && (
        <Radio.Group
          aria-label="How"
          value={purge ? "purge" : "keep"}
          onChange={(value) => setPurge(value === "purge")}
        >
          <div className={classes.choices}>
            <Radio value="keep" label="Delete" description={`It can be restored until ${until}.`} />
            <Radio
              value="purge"
              color="red"
              styles={{ label: { color: "var(--t-bad)" } }}
              label="Purge now"
              description="It is gone at once, with no way back."
            />
          </div>
        </Radio.Group>
      )}
      {purge ? <PurgeWords tenant={tenant} /> : <GraceWords tenant={tenant} graceDays={graceDays} until={until} />}
    </SlugForm>
  );
}

type GraceWordsProps = { tenant: TenantView; graceDays: number; until: string };

function GraceWords({ tenant: { database, adopted }, graceDays, until }: GraceWordsProps) {
  return (
    <ul>
      <li>Its hosts stop answering: they say that the account was closed.</li>
      <li>
        PostgreSQL refuses its role{adopted ? "" : ", its database takes no connections"}, and open sessions end now.
      </li>
      <li>
        Everything stays for {plural(graceDays, "day")}, until {until}: until then it can be restored. Nobody else can
        have its slug or its domains.
      </li>
      <li>
        {adopted ? (
          <>
            Then its role goes. The adopted database <code>{database}</code> stays.
          </>
        ) : (
          <>
            Then the database <code>{database}</code> and its role are dropped for good.
          </>
        )}
      </li>
    </ul>
  );
}
