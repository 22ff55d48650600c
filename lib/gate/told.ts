import { channel } from "node:diagnostics_channel";
import type { Contract } from "@/lib/kernel/contract";

/** What an operation answered, as it came out of its shape. */
export type Performed = { contract: Contract; output: unknown };

/** What a request was answered with. Whoever listens reads a clone of the answer, at once. */
export type Answered = { request: Request; response: Response };

/** Tells whoever listens in this process, such as tests that hold the API to its document. */
export const performed = channel("tenantry:performed");
export const answered = channel("tenantry:answer");
