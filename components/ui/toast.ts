"use client";

import { notifications } from "@mantine/notifications";

/** Says that something was done. */
export function sayDone(message: string): void {
  notifications.show({ message, color: "petrol", closeButtonProps: { "aria-label": "Dismiss" } });
}
