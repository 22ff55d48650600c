import type { Contract } from "@/lib/kernel/contract";
import { compatProblems, isCompat } from "./openapi-compat";
import { exampleOf } from "./openapi-examples";
import { headerParametersOf, headersOf } from "./openapi-headers";
import { otlpProblems, problemsOf } from "./openapi-problems";
import { type Json, type Named, schemaOf } from "./openapi-schemas";
import { tagOf } from "./openapi-tags";

/** OTLP speaks by its own standard. */
const isOtlp = ({ path }: Contract): boolean => path === "/v1/metrics";

/** One contract as OpenAPI's operation object; shapes with names go to `named`. */
export function operationObject(one: Contract, named: Named): Json {
  const input = schemaOf(one.input, "input", named);
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = new Set((input.required ?? []) as string[]);
  const inPath = new Set([...one.path.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1])));
  const inQuery = one.method === "GET" || one.method === "DELETE";
  const names = Object.keys(properties).filter((name) => inQuery || inPath.has(name));
  const body = Object.keys(properties).filter((name) => !names.includes(name));
  return {
    operationId: one.id,
    tags: [tagOf(one.id)],
    summary: one.summary,
    description: wordsOn(one),
    ...(one.deprecated && { deprecated: true }),
    security: waysIn(one),
    "x-access": one.access,
    ...(one.stepUp && { "x-step-up": one.stepUp === true ? true : "people" }),
    parameters: [
      ...names.map((name) => parameter(name, properties[name] ?? {}, inPath.has(name), required.has(name))),
      ...(takesFields(one) ? [fields(one)] : []),
      ...(isOtlp(one) ? [] : headerParametersOf(one)),
    ],
    ...(one.takes && { requestBody: fileBody(one.takes) }),
    ...(body.length > 0 && { requestBody: requestBody(one, properties, body, required) }),
    responses: {
      [one.status ?? 200]: success(one, named),
      ...(one.method === "GET" && one.state && { 304: { $ref: "#/components/responses/NotModified" } }),
      ...(isOtlp(one) ? otlpProblems : isCompat(one) ? compatProblems(one) : problemsOf(one)),
    },
  };
}

/** Who may call it, and how far it reaches: what follows from the contract, in words. */
function wordsOn({ access, scoped, stepUp, guarded, deprecated, method }: Contract): string {
  const who: Record<string, string> = {
    public: "Anybody may call it.",
    session: "For people who are signed in; an API key has no session.",
    "first-factor": "For people whose password is proven, also before the second factor is enrolled.",
  };
  const reach = scoped
    ? "Only tenants that the caller's rights reach are seen."
    : "Only for callers whose rights reach all tenants.";
  const proof = { people: "People prove their second factor for this very input; API keys need not.", plan: "" };
  return [
    who[access] ?? `Needs the permission \`${access}\`. ${reach}`,
    stepUp === true
      ? "Needs the second factor again for this very input, which an API key can't give."
      : stepUp && (proof[stepUp] || "People prove their second factor for the plan's digest; API keys need not."),
    guarded && "With `If-Match`, nothing is changed that somebody else changed meanwhile.",
    method !== "GET" && access.includes(":") && "What is done or refused is in the audit trail.",
    deprecated && `Not recommended since ${deprecated.since}, ends ${deprecated.sunset}: call ${deprecated.instead}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** A key can't prove a second factor, where one is asked of everybody, and has no session of its own. */
function waysIn({ access, stepUp }: Contract): Json[] {
  if (access === "public") return [];
  const keys = access.includes(":") && stepUp !== true;
  return [...(keys ? [{ bearer: [] }, { key: [] }] : []), { session: [] }];
}

function parameter(name: string, schema: Json, inPath: boolean, required: boolean): Json {
  const { description, ...rest } = schema;
  return {
    ...{ name, in: inPath ? "path" : "query", required: inPath || required },
    ...(typeof description === "string" && { description }),
    schema: rest,
  };
}

const takesFields = ({ method, list, state, answers }: Contract): boolean =>
  method === "GET" && !answers && (list !== undefined || state !== undefined);

function fields({ list }: Contract): Json {
  const of = list ? `each member of \`${list}\`` : "the answer";
  return {
    ...{ name: "fields", in: "query", required: false },
    description: `Names of properties with commas between: ${of} then has these alone.`,
    schema: { type: "string", minLength: 1 },
  };
}

function fileBody(types: readonly string[]): Json {
  const content = (type: string) => ({ schema: { type: "string", contentMediaType: type } });
  const words = "The file as it is. It may be larger than other bodies: up to IMPORT_MAX_MB.";
  return {
    description: words,
    required: true,
    content: Object.fromEntries(types.map((type) => [type, content(type)])),
  };
}

/** A body comes in the encodings of the answer. */
function requestBody(one: Contract, properties: Record<string, Json>, names: string[], required: Set<string>): Json {
  const needed = names.filter((name) => required.has(name));
  const schema = {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, properties[name]])),
    ...(needed.length > 0 && { required: needed }),
  };
  const example = exampleOf(one, names);
  const content = { schema, ...(example && { example }) };
  const types = isOtlp(one) ? (one.answers ?? []) : ["application/json"];
  return { required: needed.length > 0, content: Object.fromEntries(types.map((type) => [type, content])) };
}

function success(one: Contract, named: Named): Json {
  const headers = isOtlp(one) ? {} : headersOf(one);
  if (one.answers && !isOtlp(one)) return other(one, one.answers, headers, named);
  const content = { schema: schemaOf(one.output, "output", named) };
  return {
    description: { 200: "Done", 201: "Made", 202: "Taken on: it goes on in the background" }[one.status ?? 200],
    headers,
    content: Object.fromEntries((one.answers ?? ["application/json"]).map((type) => [type, content])),
  };
}

/** What is no JSON: a stream of events, whose data are messages of the contract's output, or a file. */
function other(one: Contract, types: readonly string[], headers: Json, named: Named): Json {
  const stream = types.includes("text/event-stream");
  const schema = { type: "string", ...(stream && { "x-data": schemaOf(one.output, "output", named) }) };
  return {
    description: stream
      ? "Server-sent events, until the reader leaves: each event's data is a message as JSON."
      : "A file, made while it is sent. When it can't be finished, the connection breaks.",
    headers: stream
      ? headers
      : { ...headers, "Content-Disposition": { $ref: "#/components/headers/ContentDisposition" } },
    content: Object.fromEntries(types.map((type) => [type, { schema: { ...schema, contentMediaType: type } }])),
  };
}
