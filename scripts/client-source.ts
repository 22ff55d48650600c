import { compile, type JSONSchema } from "json-schema-to-typescript";

type Json = Record<string, unknown>;
type Parameter = { name: string; in: string; required?: boolean; schema: Json };
type OperationObject = {
  operationId: string;
  summary: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
};
export type Document = {
  paths: Record<string, Record<string, OperationObject>>;
  components?: { schemas?: Record<string, Json> };
};
type Entry = { path: string; method: string; operation: OperationObject };

const head = `// Made by \`npm run openapi\` from docs/openapi.json. Do not edit.
`;

/** The client's types and tables as TypeScript, from the API's document. The same document makes the same text. */
export async function clientSource(document: Document): Promise<string> {
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const types = await compile(operationsSchema(entries, document.components?.schemas ?? {}), "Operations", {
    additionalProperties: false,
    bannerComment: "",
    ignoreMinAndMaxItems: true,
    strictIndexSignatures: true,
    style: { printWidth: 120 },
  });
  return [head, types, routesTable(entries), fieldsTable(entries)].join("\n");
}

/** One object schema of every operation: `{ [id]: { input, output } }`. */
function operationsSchema(entries: Entry[], schemas: Record<string, Json>): JSONSchema {
  const members = entries.map(({ operation }) => [
    operation.operationId,
    {
      type: "object",
      description: operation.summary,
      properties: { input: inputSchema(operation), output: outputSchema(operation) },
      required: ["input", "output"],
    },
  ]);
  const whole = {
    type: "object",
    description: "Every operation of the API by its id: what goes in, and what comes out.",
    properties: Object.fromEntries(members),
    required: members.map(([id]) => id),
  };
  const named: Json = {};
  for (const [name, schema] of Object.entries(schemas)) named[name] = plain(schema, named);
  return { ...(plain(whole, named) as Json), $defs: named } as JSONSchema;
}

function inputSchema(operation: OperationObject): Json {
  const body = bodyOf(operation);
  const parameters = parametersOf(operation);
  const required = parameters.filter((one) => one.required).map((one) => one.name);
  return {
    type: "object",
    properties: {
      ...Object.fromEntries(parameters.map((one) => [one.name, one.schema])),
      ...Object(body?.properties),
    },
    required: [...required, ...((body?.required as string[] | undefined) ?? [])],
  };
}

/** What the caller says of what it wants; how it asks (header fields) is the client's. */
function parametersOf({ parameters = [] }: OperationObject): Parameter[] {
  return parameters.filter((one) => one.in === "path" || one.in === "query");
}

function bodyOf({ requestBody }: OperationObject): Json | undefined {
  return Object.values(requestBody?.content ?? {})[0]?.schema;
}

/** A file has no shape: `send` does not answer with it, `download` does. */
function outputSchema(operation: OperationObject): Json {
  return answerOf(operation)["application/json"]?.schema ?? {};
}

function answerOf({ responses }: OperationObject): Record<string, { schema: Json }> {
  const done = Object.entries(responses).find(([status]) => status.startsWith("2"));
  return done?.[1].content ?? {};
}

const schemaPrefix = "#/components/schemas/";

/**
 * A schema as json-schema-to-typescript takes it: with references from the root, where definitions that it brings along
 * are gathered in `named`, and with no names but the document's.
 */
function plain(value: unknown, named: Json): unknown {
  if (Array.isArray(value)) return value.map((member) => plain(member, named));
  if (typeof value !== "object" || value === null) return value;
  const { $defs, prefixItems, ...own } = value as Json;
  for (const [name, schema] of Object.entries(Object($defs))) named[name] ??= plain(schema, named);
  // Members by their place are known to it by their former name.
  if (Array.isArray(prefixItems)) Object.assign(own, { items: prefixItems, minItems: prefixItems.length });
  const kept = Object.entries(own).filter(([key, member]) => !naming.has(key) || typeof member === "object");
  return Object.fromEntries(kept.map(([key, member]) => [key, key === "$ref" ? rooted(member) : plain(member, named)]));
}

const rooted = (reference: unknown): string => String(reference).replace(schemaPrefix, "#/$defs/");

const naming = new Set(["title", "$id", "id"]);

function routesTable(entries: Entry[]): string {
  const rows = entries.map(({ path, method, operation }) => {
    const query = parametersOf(operation)
      .filter((one) => one.in === "query")
      .map((one) => one.name);
    const file = !("application/json" in answerOf(operation));
    const takes = Object.keys(operation.requestBody?.content ?? { "application/json": {} });
    const upload = !takes.includes("application/json");
    const row = { method, path, ...(query.length > 0 && { query }), ...(file && { file }), ...(upload && { takes }) };
    return `  ${JSON.stringify(operation.operationId)}: ${JSON.stringify(row)},`;
  });
  const words =
    "Where each operation is, what of its input goes into the query, whether it answers with a file, and which kinds of files it takes.";
  const type = "{ method: string; path: string; query?: readonly string[]; file?: true; takes?: readonly string[] }";
  return `/** ${words} */\nexport const routes: Record<keyof Operations, ${type}> = {\n${rows.join("\n")}\n};\n`;
}

/** For the command line, which gets every value as a word. */
function fieldsTable(entries: Entry[]): string {
  const rows = entries.map(({ operation }) => {
    const { properties, required } = inputSchema(operation) as { properties: Record<string, Json>; required: string[] };
    const fields = Object.entries(properties).map(([name, schema]) => [
      name,
      `${kindOf(schema)}${required.includes(name) ? "!" : ""}`,
    ]);
    const row = { summary: operation.summary, fields: Object.fromEntries(fields) };
    return `  ${JSON.stringify(operation.operationId)}: ${JSON.stringify(row)},`;
  });
  const words =
    "What each operation does, and its input's fields: text, number, boolean, list or json, with ! where it is needed.";
  const type = "Record<keyof Operations, { summary: string; fields: Record<string, string> }>";
  return `/** ${words} */\nexport const descriptions: ${type} = {\n${rows.join("\n")}\n};\n`;
}

function kindOf(schema: Json): string {
  const of = schema.type;
  if (of === "string" || (Array.isArray(schema.enum) && of === undefined)) return "text";
  if (of === "integer" || of === "number") return "number";
  if (of === "boolean") return "boolean";
  if (of === "array") return kindOf(Object(schema.items)) === "text" ? "list" : "json";
  return "json";
}
