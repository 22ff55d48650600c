import { z } from "zod";
import type { Contract } from "@/lib/kernel/contract";
import { problems } from "@/lib/kernel/errors";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the given contracts: the same shapes that the handlers parse with. */
export function openApiDocument(contracts: readonly Contract[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const one of contracts) {
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operationObject(one) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tenantry",
      version,
      description: "The control plane's REST API. Errors are RFC 9457 problem details.",
    },
    paths,
    components: {
      securitySchemes: {
        session: {
          ...{ type: "apiKey", in: "cookie", name: "next-auth.session-token" },
          description: "over https the name is __Host-next-auth.session-token",
        },
        bearer: { type: "http", scheme: "bearer", description: "an API key" },
        key: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

function operationObject(one: Contract): Json {
  const input = schemaOf(one.input, "input");
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = new Set((input.required ?? []) as string[]);
  const inPath = new Set([...one.path.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1])));
  const inQuery = one.method === "GET" || one.method === "DELETE";
  const names = Object.keys(properties).filter((name) => inQuery || inPath.has(name));
  const body = Object.keys(properties).filter((name) => !names.includes(name));
  return {
    operationId: one.id,
    summary: one.summary,
    ...(one.access !== "public" && { security: waysIn(one) }),
    "x-access": one.access,
    ...(one.stepUp && { "x-step-up": one.stepUp === true ? true : "people" }),
    parameters: [
      ...names.map((name) => parameter(name, properties[name] ?? {}, inPath.has(name), required.has(name))),
      ...(one.method === "POST" && one.path !== "/v1/metrics" ? [idempotencyKey] : []),
    ],
    ...(body.length > 0 && { requestBody: requestBody(properties, body, required, one.answers) }),
    responses: { [one.status ?? 200]: success(one), default: one.path === "/v1/metrics" ? otlpFailure : failure },
  };
}

/** A key can't prove a second factor, where one is asked of everybody, and has no session of its own. */
function waysIn({ access, stepUp }: Contract): Json[] {
  const keys = access.includes(":") && stepUp !== true;
  return [{ session: [] }, ...(keys ? [{ bearer: [] }, { key: [] }] : [])];
}

function parameter(name: string, schema: Json, inPath: boolean, required: boolean): Json {
  return { name, in: inPath ? "path" : "query", required: inPath || required, schema };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same request sent again with the same key acts once and gets the same answer, for a day.",
  schema: { type: "string", maxLength: 200 },
};

/** A body comes in the encodings of the answer. */
function requestBody(
  properties: Record<string, Json>,
  names: string[],
  required: Set<string>,
  types: readonly string[] = ["application/json"],
): Json {
  const schema = {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, properties[name]])),
    required: names.filter((name) => required.has(name)),
  };
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return { required: schema.required.length > 0, content };
}

function success(one: Contract): Json {
  const content = { schema: schemaOf(one.output, "output") };
  const types = one.answers ?? ["application/json"];
  return { description: "Done", content: Object.fromEntries(types.map((type) => [type, content])) };
}

const failure = {
  description: "What went wrong, in words for people",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

const rpcStatus = {
  schema: { type: "object", properties: { code: { type: "integer" }, message: { type: "string" } } },
};

const otlpFailure = {
  description: "What went wrong, as google.rpc.Status in the encoding of the request",
  content: { "application/x-protobuf": rpcStatus, "application/json": rpcStatus },
};

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "detail", "code", "requestId"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { enum: Object.keys(problems) },
    reason: { type: "string", description: "a fixed word that programs can tell apart" },
    confirm: {
      type: "string",
      description: "with step_up_required: the digest to prove, at POST /api/tenancy/step-up",
    },
    errors: { type: "object", additionalProperties: { type: "string" }, description: "field to what is wrong with it" },
    retryAfter: { type: "integer", description: "seconds" },
    requestId: { type: "string" },
  },
};

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
}
