import { readFileSync } from "node:fs";
import type { Schema } from "./testing-arbitrary";

export type Parameter = { $ref?: string; name: string; in: string; required: boolean; schema: Schema };

/** An operation of the document, with its address. */
export type Described = {
  path: string;
  method: string;
  operationId: string;
  "x-access"?: string;
  "x-step-up"?: boolean | "people";
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

type Document = {
  paths: Record<string, Record<string, Omit<Described, "path" | "method">>>;
  components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
};

const document = JSON.parse(readFileSync("docs/openapi.json", "utf8")) as Document;

/** The shapes that the document names. */
export const schemas = document.components.schemas;

/** Every operation of the document. */
export const operations: readonly Described[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, one]) => ({ ...one, path, method: method.toUpperCase() })),
);

/** Whether a permission is all that a caller needs, so that a program may be given it. */
export const isCallable = (one: Described): boolean => one["x-access"]?.includes(":") === true;

/** Whether only a person can do it: it takes a session, or a second factor each time. */
export const isOfPeople = (one: Described): boolean => !isCallable(one) || one["x-step-up"] === true;

/** What the document lets a caller send in If-Match, if anything. */
export function takesIfMatch({ parameters }: Described): boolean {
  const named = parameters.map((one) => {
    const name = one.$ref?.split("/").at(-1);
    return name ? document.components.parameters?.[name] : one;
  });
  return named.some((one) => one?.in === "header" && one.name.toLowerCase() === "if-match");
}

/** The operation that reads what stands at an operation's own address. */
export function readerOf({ path }: Described): Described | undefined {
  return operations.find((one) => one.path === path && one.method === "GET");
}
