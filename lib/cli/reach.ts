import { Misused } from "./failure";

/** Which tenants somebody's rights reach. */
export type Reach = { kind: "all" } | { kind: "region" | "plan" | "tag"; values: string[] };

/** A reach from what a person writes: "all", or such as "region:eu-1,eu-2". */
export function reachIn(text: string | undefined): Reach | undefined {
  if (text === undefined) return undefined;
  if (text === "all") return { kind: "all" };
  const [, kind, values] = /^(region|plan|tag):(.+)$/.exec(text) ?? [];
  if (kind === undefined || values === undefined) {
    throw new Misused(`"${text}" is no reach: write all, or such as region:eu-1,eu-2, plan:free or tag:vip.`);
  }
  return { kind: kind as "region", values: values.split(",") };
}
