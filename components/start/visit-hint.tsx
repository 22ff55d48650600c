"use client";

import { useNow } from "@/client/now";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./start.module.css";

const young = 3_600_000;

type VisitHintProps = { tenant: TenantView; links: Readonly<Record<string, string | null>> };

/** How to make the charts of a new tenant move, as long as nobody uses it. */
export function VisitHint({ tenant, links }: VisitHintProps) {
  const now = useNow(60_000);
  const { createdAt, status, usage } = tenant;
  const fresh = now !== null && now - new Date(createdAt).getTime() < young;
  if (!fresh || status !== "active" || (usage.requests?.value ?? 0) > 0) return null;
  const app = Object.values(links).find((link) => link !== null);
  return (
    <p className={classes.hint} role="note">
      Nobody uses this tenant yet, so its charts are flat.{" "}
      {app && (
        <>
          <a href={app} target="_blank" rel="noreferrer">
            Open its shop in the sample app
          </a>{" "}
          and click around, or connect{" "}
        </>
      )}
      {!app && "Connect "}
      your own app: <code>npm run tenantry -- app-env</code> prints what it needs.
    </p>
  );
}
