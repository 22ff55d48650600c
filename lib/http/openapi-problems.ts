import type { Contract } from "@/lib/kernel/contract";
import { problems } from "@/lib/kernel/errors";
import type { Json } from "./openapi-schemas";

type Status = (typeof problems)[keyof typeof problems]["status"];

/** Each status of a problem: its name in the document, and when it comes. */
const told: Partial<Record<Status, { name: string; words: string; retry?: true }>> = {
  401: { name: "Unauthenticated", words: "Nobody is signed in, or the API key is unknown, expired or revoked." },
  403: {
    name: "Forbidden",
    words:
      "Not allowed: a permission or the reach over tenants is missing, an IP rule keeps the address out, another site's " +
      "page asked, or the second factor is wanted again (reason `step_up_required`, with the digest to prove).",
  },
  404: { name: "NotFound", words: "There is none, or the caller's rights do not reach it: nobody can tell which." },
  406: { name: "NotAcceptable", words: "The request's `Accept` takes nothing that this answers with." },
  409: { name: "Conflict", words: "It can't be done in the state that things are in, or somebody else was faster." },
  412: { name: "Changed", words: "It is not what `If-Match` says any more. Read it again; nothing was changed." },
  413: { name: "TooLarge", words: "The body is larger than 1 MB, the limit." },
  415: { name: "UnsupportedMedia", words: "The body is of a type that this does not take." },
  422: {
    name: "Invalid",
    words: "The input is not valid; `errors` says of each field what is wrong. Nothing was done.",
  },
  429: { name: "TooMany", words: "The caller's limit is reached. `Retry-After` says when to come back.", retry: true },
  500: { name: "Internal", words: "A fault of this installation's: the log has it under the request's id." },
  503: {
    name: "Unavailable",
    words:
      "The control database or a server can't be reached, or has no room just now. `Retry-After` says when to try.",
    retry: true,
  },
};

/** The problems an operation can have, by status: references to the document's responses. */
export function problemsOf(contract: Contract): Record<string, Json> {
  return problemRefs(statusesOf(contract));
}

/** References to the responses of some statuses. */
export function problemRefs(statuses: readonly Status[]): Record<string, Json> {
  return Object.fromEntries(
    statuses.flatMap((status) => {
      const one = told[status];
      return one ? [[String(status), { $ref: `#/components/responses/${one.name}` }]] : [];
    }),
  );
}

function statusesOf(contract: Contract): Status[] {
  const { method, path, guarded } = contract;
  const sendsBody = method !== "GET" && method !== "DELETE";
  const always: Status[] = [401, 403, 406, 422, 429, 500, 503];
  const sometimes: [Status, boolean][] = [
    [404, path.includes("{") || namesOthers(contract)],
    [409, method !== "GET"],
    [412, guarded === true],
    [413, sendsBody],
    [415, sendsBody],
  ];
  return [...always, ...sometimes.filter(([, can]) => can).map(([status]) => status)].sort((a, b) => a - b);
}

/** Whether something else is named in the input, which may not be there. */
function namesOthers({ input }: Contract): boolean {
  const shape = "shape" in input ? (input.shape as Json) : {};
  const others =
    /^(tenant|tenants|server|serverId|onServer|ids|savedFilter|user|role|digest|database|key|token|cache|run)$/;
  return Object.keys(shape).some((name) => others.test(name));
}

/** The document's responses for problems, each bound to its status and codes. */
export function problemResponses(): Record<string, Json> {
  const entries = Object.entries(told).map(([key, one]) => {
    const codes = Object.entries(problems).filter(([, { status }]) => status === Number(key));
    return [one.name, response(Number(key), codes, one)];
  });
  return Object.fromEntries(entries);
}

function response(
  status: number,
  codes: [string, { title: string }][],
  { words, retry }: { words: string; retry?: true },
): Json {
  const narrowed = { properties: { status: { const: status }, code: { enum: codes.map(([code]) => code) } } };
  const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }, narrowed] };
  const example = {
    ...{
      type: `/api/tenancy/problems/${codes[0]?.[0]}`,
      title: codes[0]?.[1].title,
      status,
      detail: words.split(/[.:] /)[0],
    },
    ...{ code: codes[0]?.[0], requestId: "0193a1d2-7c1e-7000-8000-5f0e6b1c9a44" },
  };
  return {
    description: words,
    headers: {
      "X-Request-Id": { $ref: "#/components/headers/RequestId" },
      ...(retry && { "Retry-After": { $ref: "#/components/headers/RetryAfter" } }),
    },
    content: { "application/problem+json": { schema, example } },
  };
}

/** RFC 9457 problem details, as every operation but OTLP's answers them. */
export const problemSchema = {
  type: "object",
  description: "What went wrong, in words for people (RFC 9457).",
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
  additionalProperties: false,
};

const rpcStatus = {
  schema: { type: "object", properties: { code: { type: "integer" }, message: { type: "string" } } },
};

const otlpFailure = {
  description: "What went wrong, as google.rpc.Status in the encoding of the request",
  content: { "application/x-protobuf": rpcStatus, "application/json": rpcStatus },
};

/** OTLP's own failures: by its standard what can't be read is 400. */
export const otlpProblems = Object.fromEntries(
  [400, 401, 403, 413, 415, 429, 500, 503].map((status) => [String(status), otlpFailure]),
);
