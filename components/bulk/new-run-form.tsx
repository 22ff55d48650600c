"use client";

import { Alert, Button, Textarea } from "@mantine/core";
import { TriangleAlert, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import formClasses from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import layout from "@/components/ui/layout.module.css";
import { Panel } from "@/components/ui/panel";
import { errorUnder } from "@/components/ui/tags-field";
import text from "@/components/ui/text.module.css";
import { listRunsContract, planRunContract } from "@/lib/bulk/contract";
import type { ActionView } from "@/lib/bulk/shapes";
import classes from "./bulk.module.css";
import type { Chosen } from "./chosen-tenants";
import { HowItRuns } from "./how-it-runs";
import { JsonFieldInput } from "./json-field";
import { type FieldValue, type JsonField, jsonFields, jsonInput } from "./json-fields";
import { optionInput, optionValues } from "./run-options";
import { destroyWords } from "./words";

/** The action's own fields, how it runs, and a note; sent, it is a plan. */
export function NewRunForm({ action, chosen }: { action: ActionView; chosen: Chosen }) {
  const router = useRouter();
  const readAgain = useReadAgain();
  const fields = jsonFields(action.input);
  const { form, submit, send } = useContractForm({
    contract: planRunContract,
    initialValues: { own: initial(fields), options: optionValues(action.defaults), note: "" },
    input: ({ own, options, note }) => ({
      ...chosen,
      action: action.name,
      input: jsonInput(fields, own),
      options: optionInput(options),
      note,
    }),
    onDone: ({ id }) => {
      readAgain(listRunsContract);
      router.push(`/bulk/${id}`);
    },
  });
  const { values, errors } = form;
  const shown = ["options", ...fields.map(({ name }) => `input.${name}`)];
  return (
    <form className={layout.stack} onSubmit={send} noValidate>
      {action.danger === "destructive" && (
        <Alert color="red" variant="light" icon={<TriangleAlert size={16} />} title={destroyWords(action).title}>
          {destroyWords(action).words} The plan names every tenant before anything is done.
        </Alert>
      )}
      {action.twoPersons && (
        <Alert color="petrol" variant="light" icon={<Users size={16} />} title="Two people have to confirm it">
          After you, somebody else has to confirm the same plan.
        </Alert>
      )}
      {fields.length > 0 && (
        <Panel title="Details">
          <div className={formClasses.form}>
            {fields.map((field) => (
              <JsonFieldInput
                key={field.name}
                field={field}
                value={values.own[field.name] ?? null}
                error={errorUnder(errors, `input.${field.name}`)}
                onChange={(value) => form.setFieldValue("own", { ...values.own, [field.name]: value })}
              />
            ))}
          </div>
        </Panel>
      )}
      <Panel title="How it runs">
        <HowItRuns
          values={values.options}
          errors={errors}
          onChange={(part) => form.setFieldValue("options", { ...values.options, ...part })}
        />
      </Panel>
      <Textarea
        label="Note (optional)"
        description="Why: for whoever confirms it, and whoever reads it later."
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps("note")}
      />
      <FormError error={submit.error} title="No plan was made" atFields={atFields(submit.error, shown)} />
      <div className={`${formClasses.buttons} ${classes.send}`}>
        <span className={text.quiet}>Nothing is done yet.</span>
        <Button type="submit" size="md" loading={submit.isPending}>
          Make the plan
        </Button>
      </div>
    </form>
  );
}

function initial(fields: JsonField[]): Record<string, FieldValue> {
  return Object.fromEntries(fields.map(({ name, initial: value }) => [name, value]));
}

// The API's names are paths: whatever lies under a field that is on screen is said there.
function atFields(error: Error | null, shown: string[]): string[] {
  const told = error && "fields" in error && error.fields ? Object.keys(error.fields) : [];
  return told.filter((path) => shown.some((name) => path === name || path.startsWith(`${name}.`)));
}
