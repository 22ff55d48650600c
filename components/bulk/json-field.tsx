"use client";

import { Checkbox, JsonInput, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { TenantTagsField } from "@/components/tenants/tenant-tags-field";
import { TagsField } from "@/components/ui/tags-field";
import { TimeField } from "@/components/ui/time-field";
import classes from "./bulk.module.css";
import { choiceLabel, type FieldValue, type JsonField } from "./json-fields";

type JsonFieldInputProps = {
  field: JsonField;
  value: FieldValue;
  error: string | undefined;
  onChange: (value: FieldValue) => void;
};

/** One field of an action's input. */
export function JsonFieldInput({ field, value, error, onChange }: JsonFieldInputProps) {
  const { name, kind, required, optional, choices, unlessTold, min, max, whole, nullable } = field;
  const label = optional && kind !== "words" && unlessTold === null ? `${field.label} (optional)` : field.label;
  const description = field.description === null ? {} : { description: field.description };
  const shared = { ...description, ...(error !== undefined && { error }) };
  if (kind === "boolean")
    return (
      <Checkbox
        label={field.label}
        {...shared}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (kind === "choice")
    return (
      <Select
        label={label}
        {...shared}
        data={choices.map((each) => ({ value: each, label: choiceLabel(each) }))}
        clearable={!required}
        allowDeselect={false}
        placeholder={unlessTold ?? (required ? "Choose one" : "None chosen")}
        value={typeof value === "string" && value !== "" ? value : null}
        onChange={(chosen) => onChange(chosen ?? "")}
      />
    );
  if (kind === "words") {
    const words = { label, ...shared, value: Array.isArray(value) ? value : [], onChange };
    return /tag/i.test(name) || /tag/i.test(field.label) ? <TenantTagsField {...words} /> : <TagsField {...words} />;
  }
  if (kind === "number")
    return (
      <div className={classes.nullable}>
        <NumberInput
          label={label}
          {...shared}
          allowDecimal={!whole}
          {...(min !== null && { min })}
          {...(max !== null && { max })}
          clampBehavior="none"
          disabled={nullable && value === null}
          value={typeof value === "number" || typeof value === "string" ? value : ""}
          onChange={onChange}
        />
        {nullable && (
          <Checkbox
            label="None"
            aria-label={`${field.label}: none`}
            checked={value === null}
            onChange={(event) => onChange(event.currentTarget.checked ? null : "")}
          />
        )}
      </div>
    );
  const text = typeof value === "string" ? value : "";
  if (kind === "time") return <TimeField label={label} {...shared} value={text} onChange={onChange} />;
  if (kind === "json")
    return <JsonInput label={label} {...shared} autosize minRows={3} value={text} onChange={onChange} />;
  if (/reason|note|message|sql/i.test(name))
    return (
      <Textarea
        label={label}
        {...shared}
        autosize
        minRows={2}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      label={label}
      {...shared}
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
