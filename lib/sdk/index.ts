// What a program gets as `tenantry/client`: this list, and nothing else.
export { ApiError } from "./api-error";
export {
  type Answer,
  type Client,
  type ClientOptions,
  createClient,
  type FileAnswer,
  type FileBody,
  type InputOf,
  type OperationId,
  type OutputOf,
  type PagedId,
  type SendOptions,
  type UploadOptions,
} from "./client";
export type { Operations } from "./generated";
