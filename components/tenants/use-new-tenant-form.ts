"use client";

import { useForm } from "@mantine/form";
import { fieldErrors } from "@/client/field-errors";
import { useSubmit } from "@/client/use-submit";
import type { Contract, InputOf } from "@/lib/kernel/contract";
import { AppError } from "@/lib/kernel/errors";
import type { createTenantContract } from "@/lib/tenants/contract";
import type { TenantView } from "@/lib/tenants/shapes";

/** A form over a contract: checked by the contract's own shape, then by the API, whose words land at the fields. */
export function useNewTenantForm<V extends Record<string, string | string[]>>(
  contract: Contract<Contract["input"], typeof createTenantContract.output>,
  initialValues: V,
  onCreated: (tenant: TenantView) => void,
) {
  const form = useForm<V>({ initialValues, validate: (values) => fieldErrors(contract.input, filled(values)) });
  const submit = useSubmit(contract, onCreated);
  const field = (name: keyof V & string) => ({
    value: textOf(form.values[name]),
    error: form.errors[name] as string | undefined,
  });
  const set = <Name extends keyof V & string>(name: Name, value: V[Name]) => {
    form.setFieldValue(name, value as never);
    form.clearFieldError(name);
  };
  const send = form.onSubmit((values) =>
    submit.mutate(filled(values) as InputOf<typeof contract>, {
      onError: (error) => error instanceof AppError && error.fields && form.setErrors(error.fields),
    }),
  );
  return {
    field,
    set,
    check: (name: keyof V & string) => void form.validateField(name),
    send,
    submit,
    values: form.values,
    errors: form.errors,
  };
}

// What was left empty is not sent: the contract has its defaults.
function filled(values: Record<string, string | string[]>): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === "" && optional.has(name) ? undefined : value]),
  );
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}

const optional = new Set(["domain", "region"]);
