"use client";

import { Alert, Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fieldErrors } from "@/client/field-errors";
import { tenantQuery } from "@/client/queries";
import { useSubmit } from "@/client/use-submit";
import { TenantTagsField } from "@/components/tenants/tenant-tags-field";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { capital } from "@/components/ui/status-badge";
import { errorUnder } from "@/components/ui/tags-field";
import { sayDone } from "@/components/ui/toast";
import { AppError } from "@/lib/kernel/errors";
import { type Plan, plans } from "@/lib/kernel/naming";
import { editTenantContract } from "@/lib/tenants/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import { useKeepTenant } from "./keep-tenant";
import classes from "./tenant.module.css";

type EditDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Changes a tenant's name, plan, region or tags. */
export function EditDialog({ tenant, opened, close }: EditDialogProps) {
  return (
    <Dialog opened={opened} close={close} title="Edit tenant">
      <EditForm tenant={tenant} close={close} />
    </Dialog>
  );
}

const valuesOf = ({ name, plan, region, tags }: TenantView) => ({ name, plan, region, tags });

function EditForm({ tenant, close }: { tenant: TenantView; close: () => void }) {
  // The version on screen when the dialog opened: a later one means that somebody else was faster.
  const [base, setBase] = useState(tenant);
  const keep = useKeepTenant();
  const form = useForm({
    initialValues: valuesOf(tenant),
    validate: (values) => fieldErrors(editTenantContract.input, { ...values, id: base.id, version: base.version }),
  });
  const submit = useSubmit(editTenantContract, (changed) => {
    keep(changed);
    sayDone(`${changed.name} was changed.`);
    close();
  });
  const conflict = submit.error instanceof AppError && submit.error.code === "conflict";
  const send = form.onSubmit((values) =>
    submit.mutate(
      { ...values, plan: values.plan as Plan, id: base.id, version: base.version },
      { onError: (error) => error instanceof AppError && error.fields && form.setErrors(error.fields) },
    ),
  );
  const takeUp = (newest: TenantView, theirs: boolean) => {
    setBase(newest);
    if (theirs) form.setValues(valuesOf(newest));
    submit.reset();
  };
  const planNames = plans.map((plan) => ({ value: plan, label: capital(plan) }));
  return (
    <form className={classes.dialog} onSubmit={send} noValidate>
      <TextInput label="Name" data-autofocus maxLength={240} {...form.getInputProps("name")} />
      <Select label="Plan" data={planNames} allowDeselect={false} {...form.getInputProps("plan")} />
      <TextInput label="Region" {...form.getInputProps("region")} />
      <TenantTagsField
        label="Tags"
        description="Words by which tenants are found, and by which rights may reach them."
        value={form.values.tags}
        error={errorUnder(form.errors, "tags")}
        onChange={(tags) => form.setFieldValue("tags", tags)}
      />
      {conflict ? <Conflict id={tenant.id} takeUp={takeUp} /> : <FormError error={submit.error} title="Not saved" />}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending} disabled={conflict || !form.isDirty()}>
          Save
        </Button>
      </div>
    </form>
  );
}

type ConflictProps = { id: string; takeUp: (newest: TenantView, theirs: boolean) => void };

function Conflict({ id, takeUp }: ConflictProps) {
  const cache = useQueryClient();
  const choose = async (theirs: boolean) =>
    takeUp(await cache.fetchQuery({ ...tenantQuery(id), staleTime: 0 }), theirs);
  return (
    <Alert color="yellow" variant="light" title="Somebody changed this tenant meanwhile" role="alert">
      <div className={classes.dialog}>
        <p>Nothing was saved. Keep what you typed and save it over theirs, or start again from theirs.</p>
        <div className={classes.buttons}>
          <Button size="xs" variant="default" onClick={() => void choose(true)}>
            Take theirs
          </Button>
          <Button size="xs" onClick={() => void choose(false)}>
            Keep mine
          </Button>
        </div>
      </div>
    </Alert>
  );
}
