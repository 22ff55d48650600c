"use client";

import { notifications } from "@mantine/notifications";

/** Says that something was done. */
export function sayDone(message: string): void {
  notifications.show({ message, color: "petrol", closeButtonProps: { "aria-label": "Dismiss" } });
}

/** Says that something was asked for and did not come about, or only in part. */
export function sayFailed(message: string): void {
  notifications.show({
    message,
    color: "red",
    role: "alert",
    autoClose: 15_000,
    closeButtonProps: { "aria-label": "Dismiss" },
  });
}
