import { Alert } from "@mantine/core";
import { isSessionEnd } from "@/client/session-end";
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
  if (isSessionEnd(error)) return <SessionEnd />;
  const told = error instanceof AppError && error.fields ? Object.entries(error.fields) : [];
  const untold = told.filter(([field]) => !atFields.includes(field)).map(([, words]) => words);
  if (told.length > 0 && untold.length === 0) return null;
  return (
    <Alert color="red" variant="light" title={title} role="alert">
      {[...new Set([explain(error), ...untold])].join(" ")}
    </Alert>
  );
}

/** A form that is open outlives its session: the page leads away only where nothing typed would be lost. */
function SessionEnd() {
  return (
    <Alert color="red" variant="light" title="Your session has ended" role="alert">
      What you typed is still here.{" "}
      <a href="/sign-in" target="_blank" rel="noreferrer">
        Sign in in another tab
      </a>
      , then try again.
    </Alert>
  );
}
