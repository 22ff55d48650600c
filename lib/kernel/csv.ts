import { z } from "zod";

/** The mark without which Excel takes UTF-8 for something else: a file for people begins with it. */
export const byteOrderMark = "\ufeff";

/** The input `columns` of what answers with CSV: those that are chosen, in their order; none: all. */
export function chosenColumns<Name extends string>(names: readonly [Name, ...Name[]]) {
  return z
    .array(z.enum(names))
    .max(names.length, "Name each column once.")
    .refine((list) => new Set(list).size === list.length, "Name each column once.")
    .default([])
    .describe("the columns, in this order; none: all");
}

// OWASP, CSV injection: with these a spreadsheet begins a formula, in their full width too, also after blanks.
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** One field, quoted; what a spreadsheet would run as a formula gets an apostrophe in front, and is text. */
export function csvField(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** One line of CSV (RFC 4180). */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvField).join(",")}\r\n`;
}
