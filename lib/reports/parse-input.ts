import { refuse } from "@/lib/gate/access";
import type { Actor } from "@/lib/gate/context";
import { fieldErrors } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import type { AnyKind } from "./kind";
import { kindNamed, kinds } from "./kinds";

/** The kind of a name, which the actor has to be allowed. Throws `invalid` at `kind`, or `forbidden`. */
export function allowedKind(actor: Actor, name: string): AnyKind {
  const kind = kindNamed(name);
  if (!kind) {
    const known = kinds.map((one) => one.name).join(", ");
    const fields = { kind: `There is no report ${name}. There are: ${known}.` };
    throw new AppError("invalid", "Some fields need another look.", { fields });
  }
  const refusal = refuseKind(kind, actor);
  if (refusal) throw refusal;
  return kind;
}

/** Why an actor may not have a kind's files; undefined when it may. */
export function refuseKind({ access, words, scoped }: AnyKind, actor: Actor): AppError | undefined {
  const summary = `${words}${words.endsWith(".") ? "" : "."}`;
  return (
    refuse({ access: "reports:read", summary, scoped: true }, actor) ??
    refuse({ access, summary, ...(scoped && { scoped }) }, actor)
  );
}

/** A kind's input as its schema has it. Throws `invalid` with each field's name below `input`. */
export function parseInput(kind: AnyKind, raw: unknown): Record<string, unknown> {
  const parsed = kind.input.strict().safeParse(raw);
  if (parsed.success) return parsed.data;
  const takes = Object.keys(kind.input.shape).join(", ") || "nothing";
  for (const issue of parsed.error.issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const fields = issue.keys.map((key) => [
      `input.${key}`,
      `The report ${kind.name} takes no ${key}. It takes: ${takes}.`,
    ]);
    throw new AppError("invalid", "Some fields need another look.", { fields: Object.fromEntries(fields) });
  }
  const below = Object.entries(fieldErrors(parsed.error)).map(([name, words]) => [`input.${name}`, words]);
  throw new AppError("invalid", "Some fields need another look.", { fields: Object.fromEntries(below) });
}
