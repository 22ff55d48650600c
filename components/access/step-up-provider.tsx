"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { type AskStepUp, Cancelled, type Confirmation, StepUpContext } from "@/client/step-up";

// Fetched when it is needed for the first time.
const StepUpDialog = dynamic(() => import("./step-up-dialog").then((module) => module.StepUpDialog), { ssr: false });

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
      {(asked || asking) && <StepUpDialog asked={asked} done={done} cancel={cancel} gone={() => setAsking(false)} />}
    </StepUpContext>
  );
}
