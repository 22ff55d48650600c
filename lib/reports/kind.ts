import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { Permission } from "@/lib/kernel/permissions";
import type { Format } from "./shapes";

/** Tells how far a report is: rows written, and how many there are to write, where that is known. */
export type Progress = (rows: number, total: number | null) => void;

/** A file that can be asked for: a table as CSV, or a document as PDF. */
export type Kind<Input extends z.ZodObject = z.ZodObject> = {
  /** A word for addresses and the command line, such as `tenants` or `fleet-report`. */
  name: string;
  format: Format;
  /** What is in it, in a sentence for people. */
  words: string;
  /** What one needs to see in the console what this tells, beside `reports:read`. */
  access: Permission;
  /** True when it tells of tenants within the actor's reach only; without this it takes rights over all tenants. */
  scoped?: true;
  /** What else goes into it where its asker has the right: who has not, does not see a file that holds it. */
  parts?: readonly Permission[];
  /** The filters and the period, as the screen has them; of a table also `columns`. */
  input: Input;
  /** Of a table: its columns in their order, as `input.columns` names them. */
  columns?: readonly { name: string; words: string }[];
  /** What a list of reports calls one with this input. */
  title(input: z.output<Input>): string;
  /** The file, piece by piece. Looks at `ctx.signal` between pieces. The first piece comes before the long work. */
  make(ctx: Ctx, input: z.output<Input>, progress: Progress): AsyncGenerator<string | Uint8Array, void, undefined>;
};

/** A kind whose exact types do not matter to the caller. */
export type AnyKind = Omit<Kind, "title" | "make"> & {
  title(input: never): string;
  make(ctx: Ctx, input: never, progress: Progress): AsyncGenerator<string | Uint8Array, void, undefined>;
};
