"use client";

import { useQuery } from "@tanstack/react-query";
import { isolationQuery } from "@/client/isolation-queries";
import { usePageArrived } from "@/client/page-arrival";
import classes from "./isolation.module.css";
import { leaks } from "./words";

/** A red dot beside the page's name while something leaks; asked for once a minute, on whatever page. */
export function LeakMark() {
  return usePageArrived() && <Mark />;
}

function Mark() {
  const { data } = useQuery({ ...isolationQuery(), refetchInterval: 60_000, staleTime: 30_000 });
  const open = data?.servers.reduce((sum, { findings }) => sum + findings, 0) ?? 0;
  return open === 0 ? null : <span className={classes.mark} role="img" aria-label={leaks(open)} title={leaks(open)} />;
}
