"use client";

import { Button, TextInput } from "@mantine/core";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { useBrowserZone } from "@/components/analytics/zone";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { errorUnder } from "@/components/ui/tags-field";
import { createReportContract, listReportsContract } from "@/lib/reports/contract";
import type { KindView, ReportView } from "@/lib/reports/shapes";
import type { Begin } from "./begin";
import { choiceErrors, choiceOf, inputOf } from "./choice";
import { KindField } from "./kind-field";
import { ReportFields } from "./report-fields";
import { toldAt } from "./told-at";

type NewReportFormProps = {
  kinds: readonly KindView[];
  begin: Begin;
  close: () => void;
  onMade: (report: ReportView) => void;
};

/** What a report is of, over which time, narrowed to what. */
export function NewReportForm({ kinds, begin, close, onMade }: NewReportFormProps) {
  const zone = useBrowserZone();
  const readAgain = useReadAgain();
  const kindOf = (name: string) => kinds.find((kind) => kind.name === name) ?? kinds[0];
  const first = kindOf(begin.kind);
  const { form, submit, send } = useContractForm({
    contract: createReportContract,
    initialValues: {
      kind: first?.name ?? "",
      choice: first ? choiceOf(first, begin.input, zone) : null,
      title: "",
    },
    input: ({ kind, choice, title }) => {
      const chosen = kindOf(kind);
      return {
        kind,
        input: chosen && choice ? inputOf(chosen, choice) : {},
        ...(title.trim() !== "" && { title }),
      };
    },
    check: ({ kind, choice }) => {
      const chosen = kindOf(kind);
      return chosen && choice ? choiceErrors(chosen, choice) : {};
    },
    onDone: (report) => {
      readAgain(listReportsContract);
      onMade(report);
    },
  });
  const { kind: name, choice } = form.values;
  const kind = kindOf(name);
  const error = (path: string) => errorUnder(form.errors, path);
  // What two kinds have in common, such as the period, goes along when another is chosen.
  const change = (to: string) => {
    const next = kindOf(to);
    if (!next || !kind || !choice) return;
    const { columns: _, ...common } = inputOf(kind, choice);
    form.setValues({ kind: to, choice: choiceOf(next, common, choice.tz) });
    form.clearErrors();
  };
  return (
    <form className={`${classes.form} ${classes.tall}`} onSubmit={send} noValidate>
      <KindField kinds={kinds} value={name} error={error("kind")} onChange={change} />
      {kind && choice && (
        <ReportFields
          kind={kind}
          choice={choice}
          error={error}
          onChange={(part) => form.setFieldValue("choice", { ...choice, ...part })}
        />
      )}
      <TextInput
        label="Title (optional)"
        placeholder="Made from what you choose"
        maxLength={200}
        autoComplete="off"
        {...form.getInputProps("title")}
      />
      <FormError error={submit.error} title="The report was not begun" atFields={toldAt(submit.error)} />
      <div className={`${classes.buttons} ${classes.footer}`}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          Make report
        </Button>
      </div>
    </form>
  );
}
