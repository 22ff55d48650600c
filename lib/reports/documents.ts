import type { AnyKind } from "./kind";

/** Every document that can be had as PDF. */
export const documentKinds: readonly AnyKind[] = [];
