"use client";

import { createContext, useContext } from "react";

/** What a person is asked to confirm, and the digest that the proof is bound to. */
export type Confirmation = { digest: string; what: string };

/** Asks for the second factor; resolves when it was proven, rejects with `Cancelled` when the person would rather not. */
export type AskStepUp = (confirmation: Confirmation) => Promise<void>;

/** The person thought better of it: nothing went wrong, nothing was done. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

type StepUp = { ask: AskStepUp | null; asking: boolean };

/** Who asks for the second factor, and whether that is being done now. */
export const StepUpContext = createContext<StepUp>({ ask: null, asking: false });

/** The way to ask for the second factor: null where nobody is signed in. */
export function useStepUp(): StepUp {
  return useContext(StepUpContext);
}
