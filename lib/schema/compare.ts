import { beginning } from "@/lib/kernel/foreign-text";
import type { Structure } from "./fingerprint";

export type StructureDifference = {
  kind: string;
  name: string;
  difference: "missing" | "extra" | "changed";
  expected: string | null;
  found: string | null;
};

/** How many differences are told, and how much of a definition. */
const most = 200;
const longest = 4000;

/** How a structure differs from the one that is expected, by kind and name. */
export function compareStructures(expected: Structure, found: Structure): StructureDifference[] {
  const things = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return things
    .filter((thing) => expected[thing] !== found[thing])
    .slice(0, most)
    .map((thing) => tell(thing, expected[thing], found[thing]));
}

function tell(thing: string, expected: string | undefined, found: string | undefined): StructureDifference {
  const [, kind = "", name = ""] = /^(materialized view|\S+) (.*)$/s.exec(thing) ?? [];
  const difference = found === undefined ? "missing" : expected === undefined ? "extra" : "changed";
  return { kind, name, difference, expected: cut(expected), found: cut(found) };
}

function cut(definition: string | undefined): string | null {
  return definition === undefined ? null : beginning(definition, longest);
}
