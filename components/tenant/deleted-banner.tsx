"use client";

import { Button } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useSubmit } from "@/client/use-submit";
import { useAllowed } from "@/components/shell/user";
import classes from "@/components/ui/banner.module.css";
import { FormError } from "@/components/ui/form-error";
import { Day } from "@/components/ui/goes-on";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { sayDone } from "@/components/ui/toast";
import { restoreTenantContract } from "@/lib/tenants/contract-life";
import type { TenantView } from "@/lib/tenants/shapes";
import { useKeepTenant } from "./keep-tenant";

const PurgeDialog = lazyDialog(() => import("./purge-dialog").then((module) => module.PurgeDialog));

/** That a tenant is deleted, until when it can be restored, and the two ways on. */
export function DeletedBanner({ tenant }: { tenant: TenantView }) {
  const [purging, setPurging] = useState(false);
  const keep = useKeepTenant();
  const mayDelete = useAllowed("tenants:delete");
  const mayPurge = useAllowed("tenants:purge") && mayDelete;
  const restore = useSubmit(restoreTenantContract, (restored) => {
    keep(restored);
    sayDone(`${restored.name} was restored and is ${restored.status}.`);
  });
  const { id, adopted, purgeAfter, statusBefore } = tenant;
  return (
    <section className={classes.banner} aria-label="Deleted">
      <Trash2 size={18} aria-hidden="true" />
      <div className={classes.words}>
        <p>
          <strong>This tenant was deleted.</strong> Its hosts say that the account was closed, and PostgreSQL keeps its
          role out.{" "}
          {adopted ? "Its role goes, and its adopted database stays," : "Its database and its role are dropped"}{" "}
          {purgeAfter === null ? (
            "soon"
          ) : (
            <>
              after <Day at={purgeAfter} />
            </>
          )}
          . Until then it can be restored
          {statusBefore !== null && ` and is ${statusBefore} again`}.
        </p>
        <FormError error={restore.error} title="The tenant was not restored" />
      </div>
      {mayDelete && (
        <div className={classes.buttons}>
          {mayPurge && (
            <Button variant="subtle" color="red" onClick={() => setPurging(true)}>
              Purge now…
            </Button>
          )}
          <Button loading={restore.isPending} onClick={() => restore.mutate({ id })}>
            Restore
          </Button>
        </div>
      )}
      <PurgeDialog tenant={tenant} opened={purging} close={() => setPurging(false)} />
    </section>
  );
}
