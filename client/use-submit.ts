"use client";

import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import type { Contract, InputOf, OutputOf } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { call } from "./call";
import { type AskStepUp, Cancelled, useStepUp } from "./step-up";

/**
 * Calls an operation that changes something. The same input keeps its Idempotency-Key until it has succeeded,
 * so that neither a double click nor a second try after a lost answer acts twice. When the operation wants the second
 * factor again, it is asked for, naming what `confirming` says, and the very same call is repeated.
 */
export function useSubmit<C extends Contract>(
  contract: C,
  onSuccess?: (output: OutputOf<C>) => void,
  confirming?: (input: InputOf<C>) => string,
): UseMutationResult<OutputOf<C>, Error, InputOf<C>> {
  const attempt = useRef<{ input: string; key: string } | null>(null);
  const { ask } = useStepUp();
  const mutation = useMutation({
    mutationFn: (input: InputOf<C>) => {
      const text = JSON.stringify(input);
      if (attempt.current?.input !== text) attempt.current = { input: text, key: crypto.randomUUID() };
      const { key } = attempt.current;
      const send = () => call(contract, input, { idempotencyKey: key });
      return send().catch(confirmed(send, ask, () => confirming?.(input) ?? contract.summary));
    },
    onSuccess: (output) => {
      attempt.current = null;
      onSuccess?.(output);
    },
    onError: (error) => {
      // Forgotten before it is shown: the form stays as it was.
      if (error instanceof Cancelled) mutation.reset();
    },
  });
  return mutation;
}

function confirmed<T>(send: () => Promise<T>, ask: AskStepUp | null, what: () => string) {
  return async (error: unknown): Promise<T> => {
    const digest = error instanceof AppError && error.reason === "step_up_required" ? error.confirm : undefined;
    if (digest === undefined || !ask) throw error;
    await ask({ digest, what: what() });
    return await send();
  };
}
