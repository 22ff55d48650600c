"use client";

import { Button, TextInput } from "@mantine/core";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { listFiltersContract, saveFilterContract } from "@/lib/filters/contract";
import { type FilterSearch, filterInput } from "./search-tenants";

type SaveFilterDialogProps = { opened: boolean; close: () => void; filter: FilterSearch; taken: string[] };

/** Gives the list's present filter a name. */
export function SaveFilterDialog({ opened, ...form }: SaveFilterDialogProps) {
  return (
    <Dialog opened={opened} close={form.close} title="Save this filter">
      <SaveFilterForm {...form} />
    </Dialog>
  );
}

function SaveFilterForm({ close, filter, taken }: Omit<SaveFilterDialogProps, "opened">) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: saveFilterContract,
    initialValues: { name: "" },
    input: ({ name }) => ({ name, filter: filterInput(filter) }),
    onDone: ({ name }) => {
      readAgain(listFiltersContract);
      sayDone(`The filter ${name} was saved.`);
      close();
    },
  });
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <TextInput
        label="Name"
        placeholder="starters in Europe"
        data-autofocus
        autoComplete="off"
        {...form.getInputProps("name")}
        {...(taken.includes(form.values.name.trim()) && { description: "Your own filter of this name is replaced." })}
      />
      <FormError error={submit.error} title="The filter was not saved" atFields={["name"]} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Save filter
        </Button>
      </div>
    </form>
  );
}
