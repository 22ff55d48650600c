import type { IpRuleRow } from "@/lib/keys/contract";

type Rule = Pick<IpRuleRow, "network" | "action" | "area">;

/** What an area is called. */
export const areaWords = { console: "the console", api: "the API", both: "console and API" } as const;

const most = 4;

/** What some rules do together, one sentence for the console and one for the API. */
export function effectOf(rules: readonly Rule[]): string[] {
  const [ofConsole, ofApi] = [effectOn("console", rules), effectOn("api", rules)];
  if (ofConsole === ofApi) return [`Console and API: ${ofConsole}.`];
  return [`Console: ${ofConsole}.`, `API: ${ofApi}.`];
}

function effectOn(area: "console" | "api", rules: readonly Rule[]): string {
  const concerned = rules.filter((rule) => rule.area === area || rule.area === "both");
  const allowed = concerned.filter((rule) => rule.action === "allow").map((rule) => rule.network);
  const denied = concerned.filter((rule) => rule.action === "deny").map((rule) => rule.network);
  const who = allowed.length === 0 ? "every network may reach it" : `only ${list(allowed)} may reach it`;
  return denied.length === 0 ? who : `${who}, but never ${list(denied)}`;
}

function list(networks: string[]): string {
  const more = networks.length - most;
  return networks.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
