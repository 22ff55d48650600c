"use client";

import { Button, NumberInput, Textarea } from "@mantine/core";
import { serverTime } from "@/client/now";
import { useContractForm } from "@/client/use-contract-form";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { errorUnder, TagsField } from "@/components/ui/tags-field";
import { TimeField } from "@/components/ui/time-field";
import type { OutputOf } from "@/lib/kernel/contract";
import { type MaintenanceView, startMaintenanceContract } from "@/lib/maintenance/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import { passed } from "./passed";
import { useReadTenantAgain } from "./read-tenant-again";

type MaintenanceFormProps = {
  tenant: TenantView;
  /** What the app says at present; null: it is not in maintenance. */
  now: MaintenanceView | null;
  yourAddress: string | null;
  close: () => void;
  onMade: (made: OutputOf<typeof startMaintenanceContract>) => void;
};

type Values = { message: string; allow: string[]; retryAfterSeconds: string | number; until: string };

const usual: Values = {
  message: "We are working on this and will be back shortly.",
  allow: [],
  retryAfterSeconds: 300,
  until: "",
};

/** What visitors are told, who is served nevertheless, and until when. */
export function MaintenanceForm({ tenant, now, yourAddress, close, onMade }: MaintenanceFormProps) {
  const readAgain = useReadTenantAgain();
  const { form, submit, send } = useContractForm({
    contract: startMaintenanceContract,
    initialValues: now ? valuesOf(now) : usual,
    input: ({ until, ...values }: Values) => ({ id: tenant.id, ...values, until: until === "" ? null : until }),
    check: ({ until }) => passed(until, serverTime()),
    onDone: (made) => {
      readAgain();
      onMade(made);
    },
  });
  const { allow, until } = form.values;
  const addMine = yourAddress !== null && !allow.includes(yourAddress);
  return (
    <form className={`${classes.form} ${classes.tall}`} onSubmit={send} noValidate>
      <ul>
        <li>Visitors of its app get the message, with status 503; so do programs.</li>
        <li>Its database and its role are left alone. People who are in as support stay in.</li>
        {now && <li>Saving makes a new bypass link: the one before stops working.</li>}
      </ul>
      <Textarea
        label="Message"
        description="What visitors are told."
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        {...form.getInputProps("message")}
      />
      <div>
        <TagsField
          label="Allowed addresses (optional)"
          description="Addresses and networks that are served as ever."
          placeholder="203.0.113.7, 10.0.0.0/8"
          value={allow}
          error={errorUnder(form.errors, "allow")}
          onChange={(list) => form.setFieldValue("allow", list)}
        />
        {addMine && (
          <Button
            variant="subtle"
            size="compact-xs"
            mt={6}
            onClick={() => form.setFieldValue("allow", [...allow, yourAddress])}
          >
            Add my address, {yourAddress}
          </Button>
        )}
      </div>
      <div className={classes.pair}>
        <NumberInput
          label="Retry-After"
          description="When programs should ask again."
          suffix=" s"
          min={1}
          max={86_400}
          allowDecimal={false}
          clampBehavior="none"
          {...form.getInputProps("retryAfterSeconds")}
        />
        <TimeField
          label="Until (optional)"
          description="When it ends by itself."
          value={until}
          error={errorUnder(form.errors, "until")}
          onChange={(time) => form.setFieldValue("until", time)}
        />
      </div>
      <FormError error={submit.error} title="Nothing was changed" atFields={Object.keys(usual)} />
      <div className={`${classes.buttons} ${classes.footer}`}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          {now ? "Save" : "Start maintenance"}
        </Button>
      </div>
    </form>
  );
}

function valuesOf({ message, allow, retryAfterSeconds, until }: MaintenanceView): Values {
  return { message, allow, retryAfterSeconds, until: until ?? "" };
}
