"use client";

import { useNetwork } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { sessionQuery } from "@/client/session-query";
import { AppError } from "@/lib/kernel/errors";
import classes from "./away-banner.module.css";

/** Says that nothing new can be read now, and why; gone by itself once the server answers. */
export function AwayBanner() {
  const { online } = useNetwork();
  const { error, failureReason } = useQuery({ ...sessionQuery(), enabled: false });
  const trouble = error ?? failureReason;
  const away = trouble instanceof AppError && trouble.code === "unavailable";
  const words = !online
    ? "This browser is offline. What stands here is what was last known; it goes on by itself once there is a network."
    : "Tenantry does not answer. What stands here is what was last known, and changes are refused until it answers. It is asked again every few seconds; the tenants' own apps do not need it.";
  return (
    <div role="status" className={classes.place}>
      {(!online || away) && (
        <p className={classes.banner}>
          <CloudOff size={16} aria-hidden="true" /> {words}
        </p>
      )}
    </div>
  );
}
