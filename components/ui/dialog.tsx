"use client";

import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useStepUp } from "@/client/step-up";

type DialogProps = {
  opened: boolean;
  close: () => void;
  title: ReactNode;
  size?: "sm" | "md" | "lg" | "xl";
  /** True while it shows something that can't be shown again: then only its buttons close it. */
  holds?: boolean;
  children: ReactNode;
};

/** A dialog of the console. While the second factor is asked for above it, keys belong to that. */
export function Dialog({ opened, close, title, size = "md", holds = false, children }: DialogProps) {
  const { asking } = useStepUp();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size={size}
      closeOnEscape={!asking && !holds}
      closeOnClickOutside={!holds}
      withCloseButton={!holds}
      trapFocus={!asking}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {children}
    </Modal>
  );
}
