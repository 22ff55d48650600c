"use client";

import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { Dialog } from "@/components/ui/dialog";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { sayDone } from "@/components/ui/toast";
import { addIpRuleContract, type IpRuleRow, listIpRulesContract } from "@/lib/keys/contract";
import { areaWords } from "./rule-words";

type AddRuleDialogProps = { opened: boolean; yourAddress: string | null; close: () => void };

const empty = {
  network: "",
  action: "allow" as IpRuleRow["action"],
  area: "console" as IpRuleRow["area"],
  note: "",
};

/** Allows or denies a network. */
export function AddRuleDialog({ opened, yourAddress, close }: AddRuleDialogProps) {
  return (
    <Dialog opened={opened} close={close} title="Add an IP rule">
      <AddRuleForm yourAddress={yourAddress} close={close} />
    </Dialog>
  );
}

function AddRuleForm({ yourAddress, close }: Omit<AddRuleDialogProps, "opened">) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: addIpRuleContract,
    initialValues: empty,
    input: (values) => values,
    onDone: (rule) => {
      readAgain(listIpRulesContract);
      sayDone(`${rule.network} is now ${rule.action === "allow" ? "allowed" : "denied"}.`);
      close();
    },
    confirming: ({ action, network, area }) =>
      `${action === "allow" ? "Allow" : "Deny"} ${network} for ${areaWords[area]}.`,
  });
  const { network, action, area } = form.values;
  const what = network.trim() || "this network";
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <SegmentedControl
        fullWidth
        aria-label="Allow or deny"
        data={[
          { value: "allow", label: "Allow" },
          { value: "deny", label: "Deny" },
        ]}
        {...form.getInputProps("action")}
      />
      <TextInput
        label="Address or network"
        placeholder={yourAddress ?? "203.0.113.0/24"}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        {...(yourAddress !== null && { description: `You come from ${yourAddress}.` })}
        {...form.getInputProps("network")}
      />
      <Select
        label="For"
        allowDeselect={false}
        data={[
          { value: "console", label: "The console" },
          { value: "api", label: "The API (with keys)" },
          { value: "both", label: "Console and API" },
        ]}
        {...form.getInputProps("area")}
      />
      <TextInput label="Note (optional)" placeholder="Office in Vienna" {...form.getInputProps("note")} />
      <p className={classes.note}>
        {action === "allow"
          ? `Only networks that are allowed may reach ${areaWords[area]}: ${what}, and those allowed already.`
          : `${what} is kept out of ${areaWords[area]}, also when another rule allows it.`}
      </p>
      <FormError error={submit.error} title="The rule was not added" atFields={Object.keys(empty)} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Add rule
        </Button>
      </div>
    </form>
  );
}
