import { refs } from "./openapi-headers";
import { problemRefs } from "./openapi-problems";
import type { Json } from "./openapi-schemas";

/**
 * Addresses that are no operations, since nobody is asked who they are and no database may be needed: described by hand.
 * Path to what its GET is.
 */
export const apart: Record<string, Json> = {
  "/api/tenancy/health/live": health("health.live", "Whether the process runs.", {
    200: state("It runs", "ok"),
  }),
  "/api/tenancy/health/ready": health("health.ready", "Whether the process can do its work.", {
    200: state("Its control database answers", "ok"),
    503: state("Its control database does not answer", "down", { detail: { type: "string" } }),
  }),
  "/api/tenancy/openapi.json": {
    operationId: "openapi.show",
    tags: ["System"],
    summary: "This document.",
    description: "Anybody may call it: it holds no secrets, and is the same for everybody.",
    security: [],
    parameters: [{ $ref: "#/components/parameters/IfNoneMatch" }],
    responses: {
      200: {
        description: "The document",
        headers: refs({ ETag: "ETag", "X-Request-Id": "RequestId", "Tenantry-Version": "Version" }),
        content: { "application/json": { schema: { type: "object", required: ["openapi", "info", "paths"] } } },
      },
      304: { $ref: "#/components/responses/NotModified" },
      ...problemRefs([401, 403, 422, 429, 500, 503]),
    },
  },
};

function health(id: string, summary: string, responses: Json): Json {
  return {
    ...{ operationId: id, tags: ["Health"], summary },
    description: "Anybody may call it, as often as they want: no limit counts it.",
    ...{ security: [], parameters: [], responses },
  };
}

function state(description: string, word: string, more: Json = {}): Json {
  const properties = { state: { const: word }, ...more };
  const schema = { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
  return { description, content: { "application/json": { schema } } };
}
