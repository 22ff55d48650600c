/** How a chart would be drawn: what is summed up over a period does not depend on it. */
export const asChart = { tz: "UTC", granularity: "auto", width: 800 } as const;

/** A tenant's columns. */
export function whose({ id, slug, name }: { id: string; slug: string; name: string }) {
  return { tenant: slug, tenantId: id, name };
}

/** A step's begin (Unix milliseconds) in ISO 8601, UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
