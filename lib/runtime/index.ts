import { readAsApp } from "@/lib/platform/env";

// What an app gets as `tenantry/runtime`: this list, and nothing else.
export { AppError, type ErrorCode, problems } from "@/lib/kernel/errors";
export type { AccessOptions } from "./access";
export type { Admission, UnknownAnswer } from "./admission";
export type { Notice } from "./answers";
export type { Bootstrapper } from "./bootstrap";
export type { PoolStats } from "./counts";
export type { EachOptions, EachResult, TenantFilter } from "./each-tenant";
export type { HandlerOptions, TenantListener } from "./handler";
export type { TenantJob } from "./jobs";
export type { PoolLimits } from "./pool-limits";
export { type Refusal, TenantRefusal } from "./refusal";
export type { AppRequest, Visit } from "./request";
export {
  byDomain,
  byHeader,
  byPathPrefix,
  byQuery,
  bySubdomain,
  type OwnResolver,
  type TenantName,
  type TenantResolver,
} from "./resolvers";
export { createRuntime, type Runtime, type RuntimeOptions } from "./runtime";
export type { SignIn } from "./sign-ins";
export type { SupportSession } from "./support";
export type { Maintenance, RuntimeTenant } from "./tenant";
export type { TenantClient } from "./tenant-client";
export type { Warmed } from "./warm";

readAsApp();
