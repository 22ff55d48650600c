"use client";

import { TagsInput } from "@mantine/core";

type TagsFieldProps = {
  label: string;
  description?: string;
  placeholder?: string;
  value: string[];
  error?: string | undefined;
  suggestions?: string[];
  /** What ends a word; a space, too, unless the words may hold one. */
  spaces?: boolean;
  onChange: (words: string[]) => void;
};

/** Several words in one field: Enter, a comma or leaving the field makes what was typed one of them. */
export function TagsField(field: TagsFieldProps) {
  const { description, placeholder, error, suggestions = [], spaces = false, onChange, ...props } = field;
  const ends = spaces ? /[,\n]+/ : /[,\s]+/;
  // What was pasted, or typed and left, may still hold several.
  const change = (words: string[]) => {
    const parts = words.flatMap((word) => word.split(ends)).map((word) => word.trim());
    onChange([...new Set(parts.filter((part) => part !== ""))]);
  };
  return (
    <TagsInput
      {...props}
      data={suggestions}
      onChange={change}
      splitChars={spaces ? [","] : [",", " "]}
      clearable
      clearButtonProps={{ "aria-label": `Clear ${props.label.toLowerCase()}` }}
      {...(description !== undefined && { description })}
      {...(props.value.length === 0 && placeholder !== undefined && { placeholder })}
      {...(error !== undefined && { error })}
    />
  );
}

/** What is wrong with a list or with any of its words, from a form's errors, whose names are paths. */
export function errorUnder(errors: Record<string, unknown>, path: string): string | undefined {
  const name = Object.keys(errors).find((key) => key === path || key.startsWith(`${path}.`));
  return name === undefined ? undefined : String(errors[name]);
}
