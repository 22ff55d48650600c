import { showGrowth } from "@/lib/analytics/show-growth";
import { listSignIns } from "@/lib/analytics/sign-ins";
import * as shapes from "../contract-tables-analytics";
import { oneAnswer, pagedTable } from "../table-pages";
import { asChart, iso, whose } from "./rows";

export const growth = pagedTable(shapes.growthTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { tenants, storage } = await showGrowth.run(ctx, { ...filter, top: 1 });
    const stored = new Map(storage);
    return tenants.map(({ at, total, created, deleted }) => {
      return { at: iso(at), tenants: total, created, deleted, storage: stored.get(at) ?? null };
    });
  }),
);

export const fastestGrowing = pagedTable(shapes.fastestGrowingTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { fastest } = await showGrowth.run(ctx, { ...filter, ...asChart });
    return fastest.map(({ tenant, ...grown }) => ({ ...whose(tenant), ...grown }));
  }),
);

export const signIns = pagedTable(shapes.signInsTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { tenants } = await listSignIns.run(ctx, { ...filter, ...asChart });
    return tenants.map(({ tenant, ...counted }) => ({ ...whose(tenant), ...counted }));
  }),
);

export const signInsOverTime = pagedTable(shapes.signInsOverTimeTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => {
    const { steps } = await listSignIns.run(ctx, { ...filter, top: 1 });
    return steps.map(({ at, ...counted }) => ({ at: iso(at), ...counted }));
  }),
);

export const failingAddresses = pagedTable(shapes.failingAddressesTable, (ctx, { columns: _, ...filter }) =>
  oneAnswer(async () => (await listSignIns.run(ctx, { ...filter, ...asChart })).failing),
);
