import { Alert } from "@mantine/core";
import { AppError } from "@/lib/kernel/errors";
import { explain } from "./load-error";

type FormErrorProps = {
  error: Error | null;
  title?: string;
  /** The fields that show what is wrong with them: it is not said again here. */
  atFields?: readonly string[];
};

/** Why a form was refused, unless its fields say it already. */
export function FormError({ error, title = "That did not work", atFields = [] }: FormErrorProps) {
  if (!error) return null;
  const told = error instanceof AppError && error.fields ? Object.entries(error.fields) : [];
  const untold = told.filter(([field]) => !atFields.includes(field)).map(([, words]) => words);
  if (told.length > 0 && untold.length === 0) return null;
  return (
    <Alert color="red" variant="light" title={title} role="alert">
      {[...new Set([explain(error), ...untold])].join(" ")}
    </Alert>
  );
}
