import type pg from "pg";
import type { ServerAccess } from "@/lib/platform/postgres";
import type { StepView } from "./shapes";

export type SagaName = StepView["saga"];

/** What a step works on. */
export type StepContext = {
  /** An administrator's connection to the server, in its administrative database. */
  admin: pg.Client;
  server: ServerAccess;
  tenant: { id: string; slug: string; database: string; role: string; secret: string; adopted: boolean };
};

/** One step of a saga. It may have run before, wholly or in part: running it again must come to the same. */
export type Step = {
  name: string;
  /** For people, while it runs and after. */
  label: string;
  run: (context: StepContext) => Promise<void>;
};

/** The mark on a role or database that says which tenant it was made for. */
export const mark = (tenantId: string): string => `tenantry:${tenantId}`;
