"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useReadAgain } from "@/client/read-again";
import { mailQuery } from "@/client/reports-queries";
import { useContractForm } from "@/client/use-contract-form";
import { useBrowserZone } from "@/components/analytics/zone";
import classes from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { errorUnder, TagsField } from "@/components/ui/tags-field";
import { sayDone } from "@/components/ui/toast";
import {
  createScheduleContract,
  editScheduleContract,
  listSchedulesContract,
  type ScheduleView,
} from "@/lib/reports/contract-schedules";
import type { KindView } from "@/lib/reports/shapes";
import { choiceErrors, choiceOf, inputOf } from "./choice";
import { KindField } from "./kind-field";
import { ReportFields } from "./report-fields";
import reportClasses from "./reports.module.css";
import { dueWords } from "./schedule-words";
import { toldAt } from "./told-at";
import { WhenFields } from "./when-fields";

type ScheduleFormProps = { kinds: readonly KindView[]; schedule: ScheduleView | null; close: () => void };

/** Of what a schedule's reports are, when they are made, and to whom they go. */
export function ScheduleForm({ kinds, schedule, close }: ScheduleFormProps) {
  const browser = useBrowserZone();
  const readAgain = useReadAgain();
  const { data: mail } = useQuery(mailQuery());
  const kindOf = (name: string) => kinds.find((kind) => kind.name === name);
  const begin = schedule ? kindOf(schedule.kind) : kinds[0];
  const { form, submit, send } = useContractForm({
    // Their inputs differ by the id alone.
    contract: (schedule === null ? createScheduleContract : editScheduleContract) as typeof createScheduleContract,
    initialValues: {
      name: schedule?.name ?? "",
      kind: schedule?.kind ?? begin?.name ?? "",
      choice: begin ? choiceOf(begin, schedule?.input ?? {}, schedule?.tz ?? browser) : null,
      every: schedule?.every ?? "weekly",
      at: schedule?.at ?? "07:00",
      day: schedule?.day ?? 1,
      tz: schedule?.tz ?? browser,
      covers: schedule?.covers ?? "previous",
      recipients: schedule?.recipients ?? [],
    },
    input: ({ kind, choice, day, ...when }) => {
      const chosen = kindOf(kind);
      const input =
        chosen && choice
          ? inputOf(chosen, { ...choice, tz: when.tz }, when.covers === "input")
          : (schedule?.input ?? {});
      return {
        ...when,
        ...(schedule !== null && { id: schedule.id }),
        kind,
        input,
        day: when.every === "daily" ? null : day,
      };
    },
    check: ({ kind, choice, covers }) => {
      const chosen = kindOf(kind);
      if (!chosen || !choice) return {};
      return choiceErrors(chosen, covers === "input" ? choice : { ...choice, range: "24h" });
    },
    onDone: ({ name }) => {
      readAgain(listSchedulesContract);
      sayDone(schedule === null ? `The schedule ${name} was made.` : `The schedule ${name} was changed.`);
      close();
    },
  });
  const { values, errors } = form;
  const { choice } = values;
  const kind = kindOf(values.kind);
  const error = (path: string) => errorUnder(errors, path);
  const changeKind = (to: string) => {
    const next = kindOf(to);
    if (!next) return;
    const { columns: _, ...common } = kind && choice ? inputOf(kind, choice) : {};
    form.setValues({ kind: to, choice: choiceOf(next, common, values.tz) });
    form.clearErrors();
  };
  return (
    <form className={`${classes.form} ${classes.tall}`} onSubmit={send} noValidate>
      <TextInput
        label="Name"
        placeholder="Fleet report for the board"
        data-autofocus
        autoComplete="off"
        maxLength={120}
        {...form.getInputProps("name")}
      />
      <KindField kinds={kinds} value={values.kind} error={error("kind")} onChange={changeKind} />
      <WhenFields values={values} error={error} onChange={(part) => form.setValues(part)} />
      {kind?.period && (
        <Select
          label="It tells of"
          allowDeselect={false}
          data={[
            { value: "previous", label: previous[values.every] },
            { value: "input", label: "A period that ends when it is made" },
          ]}
          {...form.getInputProps("covers")}
        />
      )}
      {kind && choice && (
        <ReportFields
          kind={kind}
          choice={choice}
          error={error}
          period={values.covers === "input" ? "range" : "none"}
          onChange={(part) => form.setFieldValue("choice", { ...choice, ...part })}
        />
      )}
      <TagsField
        label="Mail it to (optional)"
        description={
          mail?.configured === false ? noMail : "Each gets a message of their own. Nobody: it is kept for download."
        }
        placeholder="board@example.com"
        value={values.recipients}
        error={error("recipients")}
        onChange={(recipients) => form.setFieldValue("recipients", recipients)}
      />
      <p className={reportClasses.summary} role="status">
        {dueWords({ ...values, day: values.every === "daily" ? null : values.day })}. Its reports are made with the
        rights that you have then.
      </p>
      <FormError error={submit.error} title="Not saved" atFields={toldAt(submit.error)} />
      <div className={`${classes.buttons} ${classes.footer}`}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending}>
          {schedule === null ? "Make schedule" : "Save"}
        </Button>
      </div>
    </form>
  );
}

const noMail = "Mail is not set up: reports are kept for download until it is.";

const previous = {
  daily: "The whole day before",
  weekly: "The whole week before",
  monthly: "The whole month before",
} as const;
