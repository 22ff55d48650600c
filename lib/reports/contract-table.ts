import { z } from "zod";
import { type Contract, contract } from "@/lib/kernel/contract";
import { chosenColumns } from "@/lib/kernel/csv";
import type { Permission } from "@/lib/kernel/permissions";

type Told<Filter extends z.ZodRawShape, Name extends string> = {
  /** A word for addresses and the command line, such as `bulk-items`. */
  name: string;
  /** What a list of files calls it. */
  title: string;
  /** What is in it, a row each, in a sentence for people. */
  words: string;
  /** What one needs to see in the console what this tells, beside `reports:read`. */
  access: Permission;
  /** True when it tells of tenants within the actor's reach only; without this it takes rights over all tenants. */
  scoped?: true;
  /** The filters and the period, as the screen has them. */
  filter: Filter;
  /** Its columns in their order, each with what it says. */
  columns: Readonly<Record<Name, string>>;
};

/** A table that can be had as CSV: what it is called, what it holds, who may have it, and by which input. */
export type TableShape<Filter extends z.ZodRawShape = z.ZodRawShape, Name extends string = string> = Omit<
  Told<Filter, Name>,
  "filter"
> & {
  input: z.ZodObject<Filter & { columns: ReturnType<typeof chosenColumns<Name>> }>;
  /** The contract of its direct download. */
  contract: Contract<z.ZodObject<Filter & { columns: ReturnType<typeof chosenColumns<Name>> }>, z.ZodString>;
};

/** Any table's shape, where its exact types do not matter. */
export type AnyTableShape = Omit<Told<z.ZodRawShape, string>, "filter"> & {
  input: z.ZodObject;
  contract: Contract<z.ZodObject, z.ZodString>;
};

/** Declares a table: `columns` joins its filter, and its download has an address of its own. */
export function tableShape<Filter extends z.ZodRawShape, Name extends string>({
  filter,
  ...told
}: Told<Filter, Name>): TableShape<Filter, Name> {
  const columns = chosenColumns(Object.keys(told.columns) as [Name, ...Name[]]);
  const input = z.object({ ...filter, columns }) as TableShape<Filter, Name>["input"];
  const { name, scoped, words } = told;
  return {
    ...told,
    input,
    contract: contract({
      id: `reports.tables.${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
      method: "GET",
      path: `/api/tenancy/reports/tables/${name}`,
      summary: `Download as CSV: ${words}`,
      access: "reports:read",
      ...(scoped && { scoped }),
      answers: ["text/csv"],
      input,
      output: z.string(),
    }),
  };
}
