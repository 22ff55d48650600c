import type { AnyOperation } from "@/lib/gate/operation";

/** Files to hand to others: reports, their schedules, mail, and the lake of usage. */
export const reportOperations: readonly AnyOperation[] = [];
