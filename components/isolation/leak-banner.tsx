"use client";

import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { openLeaksQuery } from "@/client/isolation-queries";
import { useLive } from "@/client/live";
import { useAllowedEverywhere } from "@/components/shell/user";
import { Link } from "@/components/ui/link";
import classes from "./isolation.module.css";

/** That a tenant is not isolated from others, where that is known. */
export function LeakBanner({ tenant }: { tenant: string }) {
  const may = useAllowedEverywhere("isolation:read");
  useLive(...(may ? ["isolation"] : []));
  const { data } = useQuery({ ...openLeaksQuery(tenant), enabled: may });
  if (!data || data.total === 0) return null;
  return (
    <Alert color="red" variant="light" title="This tenant is not isolated" role="alert">
      <ul className={classes.banner}>
        {data.findings.map(({ id, words }) => (
          <li key={id}>{words}</li>
        ))}
      </ul>
      <Link href={`/isolation?tenant=${tenant}`}>
        {data.total > data.findings.length ? `All ${data.total} leaks, and what closes them` : "What closes it"}
      </Link>
    </Alert>
  );
}
