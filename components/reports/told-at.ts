import { AppError } from "@/lib/kernel/errors";

const shown = /^(kind|title|name|every|at|day|tz|covers|recipients|input\.(range|from|to|tz|columns))(\.|$)/;

/** The names under which an answer's words stand at a field of the form already. */
export function toldAt(error: Error | null): string[] {
  const fields = error instanceof AppError ? Object.keys(error.fields ?? {}) : [];
  return fields.filter((name) => shown.test(name));
}
