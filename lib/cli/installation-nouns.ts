import type { Noun } from "./noun";

/** The first words of commands that are about the installation as a whole. */
export const installationNouns: Record<string, Noun> = {
  fleet: {
    words: "All servers and tenants together: health, findings, connections, caches, live figures.",
    load: async () => (await import("./commands/fleet")).fleetCommands,
  },
  analytics: {
    words: "What was measured over time: comparisons, growth, forecasts, what stands out.",
    load: async () => (await import("./commands/analytics")).analyticsCommands,
  },
  reports: {
    words: "Files to hand to others: tables as CSV, documents as PDF, once or regularly.",
    alias: "report",
    load: async () => (await import("./commands/reports")).reportCommands,
  },
  lake: {
    words: "Usage as Parquet in a folder, by day and tenant.",
    load: async () => (await import("./commands/lake")).lakeCommands,
  },
  demo: {
    words: "The demo fleet: loaded to look around with, and removed again.",
    load: async () => (await import("./commands/demo")).demoCommands,
  },
  "import-registry": {
    words: "Moves here the tenants of another registry.",
    load: async () => (await import("./commands/import-registry")).importCommands,
  },
  doctor: {
    words: "Looks what is wrong with the installation and says what to do.",
    load: async () => (await import("./commands/doctor")).doctorCommands,
  },
  db: {
    words: "The control database's own migrations.",
    load: async () => (await import("./commands/db")).dbCommands,
  },
  "create-test-tenants": {
    words: "Makes tenants to try things on, and drops them again.",
    load: async () => (await import("./commands/create-test-tenants")).testTenantCommands,
  },
  "test-performance": {
    words: "Measures how fast this installation is.",
    load: async () => (await import("./commands/test-performance")).testPerformanceCommands,
  },
  "stress-test": {
    words: "Puts load on it and tells honestly what was measured.",
    load: async () => (await import("./commands/stress-test")).stressTestCommands,
  },
  completion: {
    words: "What a shell needs to complete command lines.",
    load: async () => (await import("./commands/completion")).completionCommands,
  },
};
