import type { Contract } from "@/lib/kernel/contract";
import { apart } from "./openapi-apart";
import { headerParameters, headers } from "./openapi-headers";
import { operationObject } from "./openapi-operation";
import { problemResponses, problemSchema } from "./openapi-problems";
import { components, type Json, type Named } from "./openapi-schemas";
import { tags } from "./openapi-tags";

/** The OpenAPI 3.1 document of the given contracts: the same shapes that the handlers parse with. */
export function openApiDocument(contracts: readonly Contract[], version: string): Json {
  const named: Named = new Map([["Problem", problemSchema]]);
  const paths: Record<string, Json> = {};
  const add = (path: string, method: string, operation: Json) => {
    paths[path] = { ...paths[path], [method]: operation };
  };
  for (const one of contracts) add(one.path, one.method.toLowerCase(), operationObject(one, named));
  for (const [path, operation] of Object.entries(apart)) add(path, "get", operation);
  const used = new Set(Object.values(paths).flatMap((item) => Object.values(item).flatMap(tagsIn)));
  return {
    openapi: "3.1.0",
    info: { title: "Tenantry", version, description },
    tags: Object.entries(tags)
      .filter(([name]) => used.has(name))
      .map(([name, words]) => ({ name, description: words })),
    paths,
    components: {
      securitySchemes,
      schemas: components(named),
      responses: { NotModified: notModified, ...problemResponses() },
      parameters: headerParameters,
      headers: only(headers, JSON.stringify([paths, problemResponses()])),
    },
  };
}

/** The headers that something refers to. */
function only(all: Json, text: string): Json {
  return Object.fromEntries(Object.entries(all).filter(([name]) => text.includes(`#/components/headers/${name}"`)));
}

const tagsIn = (operation: unknown): string[] => (operation as { tags: string[] }).tags;

const description = `The control plane's REST API: everything that the console can do.

Programs sign in with an API key, as \`Authorization: Bearer …\` or \`X-API-Key: …\`; a browser's session works too.
Errors are RFC 9457 problem details, with words for people in \`detail\` and a code for programs in \`code\`.
Every answer tells the request's id, which the log and the audit trail know. Times are UTC.
What is unknown is null or missing, never 0.`;

const notModified = {
  description: "It is still what If-None-Match says.",
  headers: { ETag: { $ref: "#/components/headers/ETag" } },
};

const securitySchemes = {
  bearer: { type: "http", scheme: "bearer", description: "an API key" },
  key: { type: "apiKey", in: "header", name: "X-API-Key", description: "an API key" },
  session: {
    ...{ type: "apiKey", in: "cookie", name: "next-auth.session-token" },
    description: "a person's session in the console; over https the name is __Host-next-auth.session-token",
  },
};
