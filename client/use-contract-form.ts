"use client";

import { useForm } from "@mantine/form";
import { useEffect, useRef } from "react";
import type { Contract, InputOf, OutputOf } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import { fieldErrors } from "./field-errors";
import { useSubmit } from "./use-submit";

type ContractForm<C extends Contract, V> = {
  contract: C;
  initialValues: V;
  /** The values as the contract's input. */
  input: (values: V) => InputOf<C>;
  onDone: (output: OutputOf<C>) => void;
  /** What is being done, in words, for when the second factor is asked for. */
  confirming?: (input: InputOf<C>) => string;
};

/**
 * A form over a contract: checked by the contract's own shape, then by the API, whose words land at the fields. What a
 * former try said goes once something is changed.
 */
export function useContractForm<C extends Contract, V extends Record<string, unknown>>({
  contract,
  initialValues,
  input,
  onDone,
  confirming,
}: ContractForm<C, V>) {
  const form = useForm<V>({ initialValues, validate: (values) => fieldErrors(contract.input, input(values)) });
  const submit = useSubmit(contract, onDone, confirming);
  const { isError, reset } = submit;
  const tried = useRef(form.values);
  useEffect(() => {
    if (isError && tried.current !== form.values) reset();
  }, [isError, reset, form.values]);
  const send = form.onSubmit((values) => {
    tried.current = form.values;
    submit.mutate(input(values), {
      onError: (error) => error instanceof AppError && error.fields && form.setErrors(error.fields),
    });
  });
  return { form, submit, send };
}
