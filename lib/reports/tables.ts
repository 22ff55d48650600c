import type { AnyKind } from "./kind";

/** Every table that can be had as CSV. */
export const tableKinds: readonly AnyKind[] = [];
