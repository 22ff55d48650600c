import { readAsApp } from "@/lib/platform/env";

// What an app gets as `tenantry/runtime`: this list, and nothing else.
export { AppError, type ErrorCode, problems } from "@/lib/kernel/errors";
export { type Refusal, TenantRefusal } from "./refusal";
export { createRuntime, type Runtime, type RuntimeOptions } from "./runtime";
export type { RuntimeTenant } from "./tenant";
export type { TenantClient } from "./tenant-client";

readAsApp();
