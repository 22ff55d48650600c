"use client";

import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import type { Contract, InputOf, OutputOf } from "@/lib/kernel/contract";
import { call } from "./call";

/**
 * Calls an operation that changes something. The same input keeps its Idempotency-Key until it has succeeded,
 * so that neither a double click nor a second try after a lost answer acts twice.
 */
export function useSubmit<C extends Contract>(
  contract: C,
  onSuccess?: (output: OutputOf<C>) => void,
): UseMutationResult<OutputOf<C>, Error, InputOf<C>> {
  const attempt = useRef<{ input: string; key: string } | null>(null);
  return useMutation({
    mutationFn: (input: InputOf<C>) => {
      const text = JSON.stringify(input);
      if (attempt.current?.input !== text) attempt.current = { input: text, key: crypto.randomUUID() };
      return call(contract, input, { idempotencyKey: attempt.current.key });
    },
    onSuccess: (output) => {
      attempt.current = null;
      onSuccess?.(output);
    },
  });
}
