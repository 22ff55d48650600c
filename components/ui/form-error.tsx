import { Alert } from "@mantine/core";
import { AppError } from "@/lib/kernel/errors";
import { explain } from "./load-error";

/** Why a form was refused, unless its fields say it already. */
export function FormError({ error, title = "That did not work" }: { error: Error | null; title?: string }) {
  if (!error) return null;
  const atFields = error instanceof AppError && error.fields ? Object.values(error.fields) : [];
  return (
    <Alert color="red" variant="light" title={title} role="alert">
      {[explain(error), ...atFields].join(" ")}
    </Alert>
  );
}
