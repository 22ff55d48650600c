import { descriptions, type Operations } from "@/lib/sdk/generated";
import type { Cli } from "./command";
import { Misused } from "./failure";
import { readFile } from "./files";

type Given = { input?: string | undefined; field?: readonly string[] | undefined };

/**
 * An input from the command line: JSON (or @file, or @- for standard input), and over it fields as name=value. How a
 * value is read is by its field's kind; of what has no kind here ("json"), what is JSON is taken as such.
 */
export function fieldsIn(
  cli: Pick<Cli, "cwd">,
  id: keyof Operations,
  { input, field = [] }: Given,
  unknown?: "json",
): Record<string, unknown> {
  const fields = input === undefined ? {} : objectIn(input.startsWith("@") ? readFile(cli, input.slice(1)) : input);
  const kinds = unknown ? {} : descriptions[id].fields;
  const notThere = (name: string) =>
    new Misused(`${id} has no field ${name}. It has: ${Object.keys(kinds).join(", ") || "none"}.`);
  const strange = Object.keys(fields).find((name) => !unknown && !Object.hasOwn(kinds, name));
  if (strange !== undefined) throw notThere(strange);
  for (const one of field) {
    const at = one.indexOf("=");
    if (at < 1) throw new Misused(`"${one}" is not name=value.`);
    const name = one.slice(0, at);
    const kind = unknown ?? kinds[name]?.replace("!", "");
    if (kind === undefined) throw notThere(name);
    fields[name] =
      kind === "list" ? [...listed(fields[name]), one.slice(at + 1)] : valueIn(one.slice(at + 1), kind, name);
  }
  return fields;
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function objectIn(text: string): Record<string, unknown> {
  const value = jsonIn(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new Misused("The input has to be a JSON object.");
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function valueIn(text: string, kind: string, name: string): unknown {
  if (kind === "text") return text;
  const value = jsonIn(text);
  if (kind === "json") return value === undefined ? text : value;
  if (typeof value === kind) return value;
  throw new Misused(`${name} has to be a ${kind}, not "${text}".`);
}
