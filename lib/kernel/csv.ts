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

// OWASP, CSV injection: with these a spreadsheet begins a formula, in their full width and small forms too, also after blanks.
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|^[\t\r\n]/u;

/**
 * One field, quoted; what a spreadsheet would run as a formula gets an apostrophe in front, and is text. A number that is
 * none (NaN, Infinity) is unknown: empty.
 */
export function csvField(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** Fields that PostgreSQL has written, plain and with commas between, where its NaN and Infinity are unknown: empty. */
export function csvWritten(fields: string): string {
  // Looked for first: of a million rows with fifty figures each, hardly one has any.
  if (!fields.includes("NaN") && !fields.includes("Infinity")) return fields;
  return fields.replace(/(?<=^|,)(?:NaN|-?Infinity)(?=,|$)/g, "");
}

/** One line of CSV (RFC 4180). */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvField).join(",")}\r\n`;
}
