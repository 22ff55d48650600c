"use client";

import { Modal } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useRef } from "react";
import type { Confirmation } from "@/client/step-up";
import { StepUpForm } from "./step-up-form";

type StepUpDialogProps = {
  asked: Confirmation | null;
  done: () => void;
  cancel: () => void;
  /** When the dialog has gone from the screen. */
  gone: () => void;
};

/** The one dialog that asks for the second factor again. */
export function StepUpDialog({ asked, done, cancel, gone }: StepUpDialogProps) {
  // Not in its first moment: what is open from the beginning does not know where the focus was.
  const mounted = useMounted();
  // While the dialog fades out it keeps saying what it said.
  const last = useRef(asked);
  if (asked) last.current = asked;
  return (
    <Modal
      opened={mounted && asked !== null}
      onClose={cancel}
      // Not before: the key that closes this dialog must not close the one beneath as well.
      onExitTransitionEnd={gone}
      title="Confirm with your second factor"
      size="sm"
      zIndex={300}
      closeButtonProps={{ "aria-label": "Close without confirming" }}
    >
      {last.current && (
        <StepUpForm
          key={last.current.digest}
          digest={last.current.digest}
          what={last.current.what}
          done={done}
          cancel={cancel}
        />
      )}
    </Modal>
  );
}
