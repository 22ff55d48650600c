"use client";

import { Modal } from "@mantine/core";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { type AskStepUp, Cancelled, type Confirmation, StepUpContext } from "@/client/step-up";
import { StepUpForm } from "./step-up-form";

type Asked = Confirmation & { proven: () => void; cancelled: (reason: Cancelled) => void };

/** Owns the one dialog that asks for the second factor again, whoever needs it. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [asking, setAsking] = useState(false);
  const ask = useCallback<AskStepUp>(
    (confirmation) =>
      new Promise((proven, cancelled) => {
        setAsking(true);
        setAsked((before) => {
          before?.cancelled(new Cancelled());
          return { ...confirmation, proven, cancelled };
        });
      }),
    [],
  );
  const stepUp = useMemo(() => ({ ask, asking }), [ask, asking]);
  // While the dialog fades out it keeps saying what it said.
  const last = useRef(asked);
  if (asked) last.current = asked;
  const cancel = () => {
    asked?.cancelled(new Cancelled());
    setAsked(null);
  };
  const done = () => {
    asked?.proven();
    setAsked(null);
  };
  return (
    <StepUpContext value={stepUp}>
      {children}
      <Modal
        opened={asked !== null}
        onClose={cancel}
        // Not before: the key that closes this dialog must not close the one beneath as well.
        onExitTransitionEnd={() => setAsking(false)}
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
    </StepUpContext>
  );
}
