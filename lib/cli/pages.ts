import type { PagedId } from "@/lib/sdk/client";
import type { Operations } from "@/lib/sdk/generated";
import { type Cli, flag, number } from "./command";
import type { Cell, Column } from "./table";

/** The options of every list that has pages. */
export const paging = {
  limit: number("how many, at most 200"),
  all: flag("all pages"),
};

type Input<K extends PagedId> = Operations[K]["input"];
type Output<K extends PagedId> = Operations[K]["output"];

/** A page of a list, or all of it as one: the answers' arrays are put together, the rest is the first page's. */
export async function listed<K extends PagedId>(
  cli: Pick<Cli, "send">,
  id: K,
  input: Input<K>,
  { limit, all }: { limit?: number; all?: boolean } = {},
): Promise<Output<K>> {
  const size = all ? { limit: 200 } : limit === undefined ? {} : { limit };
  const whole: Output<K> = await cli.send(id, { ...input, ...size });
  for (let next = nextOf(whole); all && next !== null; ) {
    const page: Output<K> = await cli.send(id, { ...input, ...size, cursor: next });
    for (const [name, members] of Object.entries(page)) {
      if (Array.isArray(members)) (Reflect.get(whole, name) as unknown[]).push(...members);
    }
    next = nextOf(page);
  }
  return all ? { ...whole, next: null } : whole;
}

const nextOf = (page: object) => (page as { next: string | null }).next;

type Shown<K extends PagedId> = {
  columns: readonly Column[];
  rows: (answer: Output<K>) => Cell[][];
  none: string;
};

/** Shows a list as `listed` reads it, and tells when there is more. */
export async function showList<K extends PagedId>(
  cli: Cli,
  id: K,
  input: Input<K>,
  pages: { limit?: number; all?: boolean },
  { columns, rows, none }: Shown<K>,
): Promise<void> {
  const answer = await listed(cli, id, input, pages);
  const lines = rows(answer);
  await cli.out.table(answer, columns, lines, none);
  if (nextOf(answer) !== null) cli.out.note(`These are the first ${lines.length}; --all shows them all.`);
}
