import type { ErrorCode } from "./errors";

/** What a problem means, and what whoever meets it can do. */
export type ProblemWords = { means: string; todo: string };

/** Each code of a problem in words for people who write programs. */
export const problemWords: Record<ErrorCode, ProblemWords> = {
  invalid: {
    means: "The request can't be carried out as it is written. Nothing was done.",
    todo: "Read `errors`, which says of each field what is wrong with it, or `detail`; change the request and send it again.",
  },
  unauthenticated: {
    means: "Nobody is signed in, or the API key is unknown, expired or revoked.",
    todo: "Send a key as `Authorization: Bearer …` or `X-API-Key`. Whoever may make keys can make another.",
  },
  forbidden: {
    means: "The caller is known and may not do this. The attempt is in the audit trail.",
    todo: "`detail` names what is missing: a permission, reach over the tenant, an address that is let in, or the second factor.",
  },
  not_found: {
    means: "There is no such thing, or the caller's rights do not reach it: nobody can tell which.",
    todo: "Check the id and the address. The OpenAPI document lists all addresses there are.",
  },
  method_not_allowed: {
    means: "The address is right, but it has nothing under this method.",
    todo: "Use one of the methods in the answer's `Allow`.",
  },
  not_acceptable: {
    means: "The request's `Accept` names no form in which this is answered.",
    todo: "Leave `Accept` out, or name the form that `detail` names.",
  },
  conflict: {
    means: "The request is well made, but not possible as things stand: something is taken, in the way, or going on.",
    todo: "`detail` says what. With `Retry-After`, the same request may pass after that many seconds.",
  },
  changed: {
    means: "`If-Match` names a state in which the resource is no more: somebody changed it since. Nothing was done.",
    todo: "Read it again, look whether the change is still wanted, and send it with the new `ETag`.",
  },
  too_large: {
    means: "The body is larger than what is taken here.",
    todo: "Send less at once; `detail` names the limit.",
  },
  unsupported_media: {
    means: "The body is in a form that is not read here.",
    todo: "Send JSON in UTF-8, not compressed, and `Content-Type: application/json` with it.",
  },
  limit: {
    means: "The caller, or all callers about one tenant together, asked more often than they may.",
    todo: "Wait for the seconds of `Retry-After`. `RateLimit` on every answer tells how much is left.",
  },
  unavailable: {
    means: "Something that this needs does not answer just now: the control database, a server, a tenant's database.",
    todo: "Send it again after the seconds of `Retry-After`; a POST with the same `Idempotency-Key` acts once.",
  },
  internal: {
    means: "A fault of this installation. Nothing was done unless `detail` says otherwise.",
    todo: "Give `requestId` to whoever runs Tenantry: the log has what happened under it.",
  },
};

/** Fixed words in a problem's `reason`, by which programs tell apart what has one code. */
export const reasonWords: Record<string, string> = {
  step_up_required:
    "A person has to prove the second factor for the digest in `confirm`, at POST /api/tenancy/step-up.",
  code_invalid: "The code or passkey does not prove the second factor.",
  enrolment_required: "The person has to set up a second factor before anything else.",
  key_invalid: "The API key is unknown, expired or revoked.",
  address_refused: "The IP rules keep out the address that the request came from.",
  rate_limited: "The limit of requests a minute is reached.",
  too_many_attempts: "Too many wrong passwords or codes; it goes on after the seconds of `Retry-After`.",
  stale: "The `version` sent is not the newest: somebody changed it since.",
  answered_once:
    "The Idempotency-Key's request was carried out before, and its answer held a secret that is shown once.",
  nothing_to_do: "No tenant of the selection needs the action.",
  two_persons: "A second person has to do this; an API key or the first person can't.",
  budget_used_up: "As many tenants failed as the bulk run may lose; only with more of a budget does it go on.",
  undo_open: "The bulk run is being undone already.",
  input_outdated: "The bulk run's input is not what its action takes today.",
  not_empty: "The database holds something already.",
  over_quota: "What is imported would take more than the tenant's limit of storage.",
  too_large: "The file unpacks to more than IMPORT_MAX_UNPACKED_MB allows.",
  import_refused: "The file holds what an import does not carry out.",
  migration_unfinished: "An earlier migration of the database failed midway.",
  migration_changed: "A migration that is applied reads otherwise in the folder today.",
  migration_missing: "A migration would come before one that is applied already.",
  demo_no_app: "The demo's traffic comes from the sample app, which does not run here.",
  demo_no_server: "The demo needs a server that takes new tenants.",
  settings_dropped: "What stands between Tenantry and the server drops session settings.",
};
