"use client";

import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { PermissionField } from "@/components/access/permission-field";
import { fewPermissions } from "@/components/access/permission-groups";
import { ScopeField } from "@/components/access/scope-field";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { errorUnder, TagsField } from "@/components/ui/tags-field";
import type { OutputOf } from "@/lib/kernel/contract";
import { keyPermissions, type Permission } from "@/lib/kernel/permissions";
import { everything, type Scope, scopeWords } from "@/lib/kernel/scope";
import { createKeyContract, listKeysContract } from "@/lib/keys/contract";

const lifetimes = [
  { value: "7", label: "in a week" },
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "never", label: "never" },
];

const empty = {
  name: "",
  permissions: [] as Permission[],
  scope: everything as Scope,
  lifetime: "90",
  allowedAddresses: [] as string[],
  rateLimit: "" as number | string,
};

type NewKeyFormProps = { onMade: (made: OutputOf<typeof createKeyContract>) => void; close: () => void };

/** What a new key is called, may do, reaches, and how long it works. */
export function NewKeyForm({ onMade, close }: NewKeyFormProps) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: createKeyContract,
    initialValues: empty,
    input: ({ lifetime, rateLimit, ...values }) => ({
      ...values,
      expiresInDays: lifetime === "never" ? null : Number(lifetime),
      rateLimit: rateLimit === "" ? null : Number(rateLimit),
    }),
    onDone: (made) => {
      readAgain(listKeysContract);
      onMade(made);
    },
    confirming: ({ name, permissions, scope }) =>
      `Make the API key ${name} with ${fewPermissions(permissions)}; for ${scopeWords(scope ?? everything)}.`,
  });
  const { values, errors } = form;
  return (
    <form className={`${classes.form} ${classes.tall}`} onSubmit={send} noValidate>
      <div className={classes.pair}>
        <TextInput
          label="Name"
          placeholder="billing export"
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Select
          label="Expires"
          data={lifetimes}
          allowDeselect={false}
          {...form.getInputProps("lifetime")}
          {...(values.lifetime === "never" && { description: "It works until somebody revokes it." })}
          inputWrapperOrder={["label", "input", "description", "error"]}
        />
      </div>
      <PermissionField
        value={values.permissions}
        offered={keyPermissions}
        error={errorUnder(errors, "permissions")}
        onChange={(permissions) => form.setFieldValue("permissions", permissions)}
      />
      <p className={classes.note}>
        Inviting, and changing users, roles, keys and IP rules takes a person with a second factor: no key can do that.
      </p>
      <ScopeField value={values.scope} errors={errors} onChange={(scope) => form.setFieldValue("scope", scope)} />
      <div className={classes.pair}>
        <TagsField
          label="Only from these addresses (optional)"
          placeholder="203.0.113.7, 10.0.0.0/8"
          value={values.allowedAddresses}
          error={errorUnder(errors, "allowedAddresses")}
          onChange={(addresses) => form.setFieldValue("allowedAddresses", addresses)}
        />
        <NumberInput
          label="Requests a minute (optional)"
          placeholder="the installation's limit"
          min={1}
          allowDecimal={false}
          hideControls
          {...form.getInputProps("rateLimit")}
        />
      </div>
      <FormError error={submit.error} title="The key was not made" />
      <div className={`${classes.buttons} ${classes.footer}`}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Make key
        </Button>
      </div>
    </form>
  );
}
