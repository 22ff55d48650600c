import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { HealthPart } from "./contract";
import { showHealth } from "./show-health";

/** For tests: one part of the health as an owner reads it now. */
export async function partNamed(name: string): Promise<HealthPart> {
  const { parts } = await perform(showHealth, as("owner"), {});
  const part = parts.find((one) => one.name === name);
  if (!part) throw new Error(`There is no part ${name}.`);
  return part;
}
