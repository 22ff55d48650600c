"use client";

import { useForm } from "@mantine/form";
import { type FormEvent, useEffect, useRef } from "react";
import type { Contract, InputOf, OutputOf } from "@/lib/kernel/contract";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
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
  /** What the contract's shape can't tell, such as that a time has passed. */
  check?: (values: V) => FieldErrors;
};

/**
 * A form over a contract: checked by the contract's own shape, then by the API, whose words land at the fields; the
 * first that is wrong gets the focus. What a former try said goes once something is changed.
 */
export function useContractForm<C extends Contract, V extends Record<string, unknown>>({
  contract,
  initialValues,
  input,
  onDone,
  confirming,
  check,
}: ContractForm<C, V>) {
  const form = useForm<V>({
    initialValues,
    validate: (values) => ({ ...check?.(values), ...fieldErrors(contract.input, input(values)) }),
  });
  const submit = useSubmit(contract, onDone, confirming);
  const { isError, reset } = submit;
  const tried = useRef(form.values);
  useEffect(() => {
    if (isError && tried.current !== form.values) reset();
  }, [isError, reset, form.values]);
  const shown = useRef<HTMLFormElement>(null);
  const refused = useRef(false);
  // Once for each refusal, when its words are on screen.
  useEffect(() => {
    if (!refused.current || Object.keys(form.errors).length === 0) return;
    refused.current = false;
    shown.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.errors]);
  const refuse = () => {
    refused.current = true;
  };
  const submitted = form.onSubmit((values) => {
    tried.current = form.values;
    submit.mutate(input(values), {
      onError: (error) => {
        if (!(error instanceof AppError && error.fields)) return;
        refuse();
        form.setErrors(error.fields);
      },
    });
  }, refuse);
  const send = (event: FormEvent<HTMLFormElement>) => {
    shown.current = event.currentTarget;
    submitted(event);
  };
  return { form, submit, send };
}
