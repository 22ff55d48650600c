import { TextInput } from "@mantine/core";
import { AppError } from "@/lib/kernel/errors";
import classes from "./accounts.module.css";

type CodeFieldProps = {
  value: string;
  error?: string | undefined;
  onChange: (code: string) => void;
  onComplete?: (code: string) => void;
};

/** Six digits from an authenticator; pasted spaces are dropped, the sixth digit may send the form. */
export function CodeField({ value, error, onChange, onComplete }: CodeFieldProps) {
  const change = (text: string) => {
    const code = text.replace(/\D/g, "").slice(0, 6);
    onChange(code);
    if (code.length === 6 && value.length < 6) onComplete?.(code);
  };
  return (
    <TextInput
      className={classes.code ?? ""}
      label="Six-digit code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      // In a dialog the focus trap would choose the close button.
      data-autofocus
      required
      withAsterisk={false}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      {...(error !== undefined && { error })}
    />
  );
}

/** What a refusal says about the code itself. */
export function codeError(error: Error | null): string | undefined {
  return error instanceof AppError ? error.fields?.code : undefined;
}
