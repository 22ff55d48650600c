"use client";

import { Checkbox, NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { tenantFacetsQuery } from "@/client/queries";
import { Disclosure } from "@/components/ui/disclosure";
import { errorUnder } from "@/components/ui/tags-field";
import classes from "./bulk.module.css";
import { type OptionValues, optionInput } from "./run-options";
import { optionWords } from "./words";

type HowItRunsProps = {
  values: OptionValues;
  errors: Record<string, unknown>;
  onChange: (part: Partial<OptionValues>) => void;
};

const canaries = [
  { value: "none", label: "None: all at once" },
  { value: "percent", label: "A share of the tenants" },
  { value: "count", label: "A number of tenants" },
  { value: "tag", label: "The tenants with a tag" },
];

const budgets = [
  { value: "percent", label: "Percent of the tenants" },
  { value: "count", label: "Tenants" },
];

/** Waves, pace and failures: in words, and behind them the fields. */
export function HowItRuns({ values, errors, onChange }: HowItRunsProps) {
  const wrong = errorUnder(errors, "options") !== undefined;
  return (
    <div className={classes.how}>
      <ul className={classes.sentences}>
        {optionWords(optionInput(values)).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <Disclosure open={wrong || undefined} summary={"Change how it runs"}>
        <OptionFields values={values} errors={errors} onChange={onChange} />
      </Disclosure>
    </div>
  );
}

function OptionFields({ values, errors, onChange }: HowItRunsProps) {
  const error = (name: string) => {
    const words = errorUnder(errors, `options.${name}`);
    return words === undefined ? {} : { error: words };
  };
  const whole = (
    name: "concurrency" | "timeoutSeconds" | "attempts",
    label: string,
    description: string,
    max: number,
  ) => (
    <NumberInput
      label={label}
      description={description}
      allowDecimal={false}
      clampBehavior="none"
      min={1}
      max={max}
      value={values[name]}
      onChange={(value) => onChange({ [name]: value })}
      {...error(name)}
    />
  );
  return (
    <div className={classes.options}>
      <Select
        label="Canary"
        description="The first wave, alone."
        data={canaries}
        allowDeselect={false}
        value={values.canary}
        onChange={(value) => onChange({ canary: (value ?? "none") as OptionValues["canary"] })}
      />
      <CanaryAmount values={values} onChange={onChange} {...error("canary")} />
      <NumberInput
        label="Failures it puts up with"
        description="One more pauses the run."
        clampBehavior="none"
        allowDecimal={values.budget === "percent"}
        min={0}
        value={values.budgetAmount}
        onChange={(value) => onChange({ budgetAmount: value })}
        {...error("failureBudget")}
      />
      <Select
        label="Counted in"
        description="Of the canary while it runs, of all after it."
        data={budgets}
        allowDeselect={false}
        value={values.budget}
        onChange={(value) => onChange({ budget: (value ?? "percent") as OptionValues["budget"] })}
      />
      {whole("concurrency", "At the same time", "Tenants on one server.", 64)}
      {whole("timeoutSeconds", "Seconds for one tenant", "After them it counts as failed.", 86_400)}
      {whole("attempts", "Attempts", "Only passing faults are tried again.", 10)}
      {values.canary !== "none" && (
        <Checkbox
          className={classes.wide ?? ""}
          label="Wait for a person after the canary, even if it went well"
          checked={values.pauseAfterCanary}
          onChange={(event) => onChange({ pauseAfterCanary: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}

function CanaryAmount({ values, onChange, ...error }: Omit<HowItRunsProps, "errors"> & { error?: string }) {
  const { data } = useQuery(tenantFacetsQuery());
  if (values.canary === "none") return <span />;
  if (values.canary === "tag")
    return (
      <Select
        label="Tag of the canary"
        description="Its tenants go first."
        data={data?.tags.map(({ value }) => value) ?? []}
        searchable
        value={values.canaryTag === "" ? null : values.canaryTag}
        onChange={(tag) => onChange({ canaryTag: tag ?? "" })}
        {...error}
      />
    );
  return (
    <NumberInput
      label={values.canary === "percent" ? "Percent of the tenants" : "Number of tenants"}
      description="At least one."
      clampBehavior="none"
      min={0}
      {...(values.canary === "percent" && { max: 100 })}
      value={values.canaryAmount}
      onChange={(value) => onChange({ canaryAmount: value })}
      {...error}
    />
  );
}
