import type { Contract } from "@/lib/kernel/contract";
import type { Json } from "./openapi-schemas";

/** What answers carry in their head: the document's headers. */
export const headers = {
  RequestId: text("Names the request in the log and in the audit trail."),
  Version: text("The version of the API that answered, a date.", { format: "date" }),
  RateLimit: text('Where the caller stands in each limit: `"key";r=<requests left>;t=<seconds until all are back>`.'),
  RateLimitPolicy: text('The limits that count: `"key";q=<requests>;w=<seconds>`.'),
  RetryAfter: { description: "After how many seconds trying again may help.", schema: { type: "integer", minimum: 0 } },
  ETag: text("What the answer is like: for `If-None-Match`, and for `If-Match` of a change."),
  IdempotencyReplayed: text("`true` when this is the answer that the same Idempotency-Key got before.", {
    enum: ["true"],
  }),
  ContentDisposition: text("The file's name."),
  Deprecation: text("Since when it is not recommended any more: `@` and Unix seconds (RFC 9745)."),
  Sunset: text("When it ends (RFC 8594)."),
  Link: text("What to call instead, and where the policy is written."),
};

function text(description: string, more: Json = {}): Json {
  return { description, schema: { type: "string", ...more } };
}

/** References to headers of the document, by the header's name. */
export const refs = (names: Record<string, keyof typeof headers>): Json =>
  Object.fromEntries(Object.entries(names).map(([header, name]) => [header, { $ref: `#/components/headers/${name}` }]));

/** The headers that an operation's success has. */
export function headersOf({ method, answers, state, deprecated }: Contract): Json {
  return refs({
    "X-Request-Id": "RequestId",
    "Tenantry-Version": "Version",
    RateLimit: "RateLimit",
    "RateLimit-Policy": "RateLimitPolicy",
    ...(method === "GET" && state && { ETag: "ETag" as const }),
    ...(method === "POST" && !answers && { "Idempotency-Replayed": "IdempotencyReplayed" as const }),
    ...(deprecated && { Deprecation: "Deprecation" as const, Sunset: "Sunset" as const, Link: "Link" as const }),
  });
}

/** What requests may carry in their head: the document's parameters. */
export const headerParameters = {
  Version: inHeader("Tenantry-Version", "The version of the API to be answered by; the newest unless told.", {
    format: "date",
  }),
  IdempotencyKey: inHeader(
    "Idempotency-Key",
    "The same request sent again with the same key acts once and gets the same answer, for a day.",
    { minLength: 1, maxLength: 200, pattern: "^[\\x21-\\x7e]+$" },
  ),
  IfMatch: inHeader("If-Match", "ETags: the change is made only when it is still what one of them was told for."),
  IfNoneMatch: inHeader("If-None-Match", "ETags: 304 without a body when the answer is still one of them."),
};

function inHeader(name: string, description: string, more: Json = {}): Json {
  return { name, in: "header", required: false, description, schema: { type: "string", ...more } };
}

/** References to the headers that requests of an operation may have. */
export function headerParametersOf({ method, answers, state, guarded }: Contract): Json[] {
  const names: (keyof typeof headerParameters)[] = ["Version"];
  if (method === "POST" && !answers) names.push("IdempotencyKey");
  if (method === "GET" && state) names.push("IfNoneMatch");
  if (guarded) names.push("IfMatch");
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}
