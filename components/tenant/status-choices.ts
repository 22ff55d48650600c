import type { SettableStatus } from "@/lib/tenants/shapes";

/** What a change of status is called, what it does, and how it is confirmed. */
export const statusChoices = {
  active: {
    verb: "Activate",
    done: "is active",
    effect: ["Its hosts answer again.", "PostgreSQL lets its role log in and its database take connections."],
  },
  inactive: {
    verb: "Deactivate",
    done: "is inactive",
    effect: [
      "Its hosts stop answering.",
      "Its database and role stay open to administrators and to the tenant's role.",
    ],
  },
  suspended: {
    verb: "Suspend",
    done: "is suspended",
    effect: [
      "Its hosts stop answering.",
      "PostgreSQL refuses its role, its database takes no connections, and open sessions end now.",
      "All data stays. You can activate it again at any time.",
    ],
  },
  blocked: {
    verb: "Block",
    done: "is blocked",
    effect: [
      "Its hosts stop answering.",
      "PostgreSQL refuses its role, its database takes no connections, and open sessions end now.",
      "Meant for abuse or legal reasons. All data stays.",
    ],
  },
} as const satisfies Record<SettableStatus, { verb: string; done: string; effect: readonly string[] }>;
