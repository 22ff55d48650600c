import type { Operations } from "@/lib/sdk/generated";
import { type Cli, choice, list, only, text } from "./command";
import { serverNamed } from "./find";
import { momentIn } from "./moments";
import type { Column } from "./table";
import { momentWords } from "./words";

type Span = Operations["analytics.overview"]["output"]["span"];

/** The period that every question has. */
export const period = {
  range: choice("how long back; 24h unless told", ["1h", "6h", "24h", "7d", "30d", "90d", "1y"]),
  from: text("instead: from when", "time"),
  to: text("until when", "time"),
  tz: text("the time zone that days follow; UTC unless told", "zone"),
};

/** Which tenants a question is about. */
export const which = {
  search: text("only tenants with this in their name, slug or domain"),
  plan: list("only with these plans", "plan"),
  region: list("only in these regions", "region"),
  tag: list("only with these tags", "tag"),
  server: text("only on this server, by its name or id", "server"),
};

type Given = { from?: string; to?: string; server?: string };

/** What an operation takes of the options: moments as it wants them, a server by its id. */
export async function asked<T extends Given>(cli: Cli, { from, to, server, ...rest }: T): Promise<object> {
  const where = server === undefined ? {} : { server: (await serverNamed(cli, server)).id };
  return only({ ...rest, ...where, from: momentIn(from), to: momentIn(to) });
}

/** A column of numbers. */
export const right = (title: string): Column => ({ title, align: "right" });

/** Up to when it was measured, and what of it was made up. */
export function noteSpan(cli: Cli, { from, to, asOf, madeUpUntil }: Span): void {
  if (cli.options.json) return;
  const made =
    madeUpUntil === null ? "" : ` Figures until ${momentWords(madeUpUntil)} were made up for the demonstration.`;
  cli.out.note(`${momentWords(from)} to ${momentWords(to)}, measured up to ${momentWords(asOf)}.${made}`);
}
