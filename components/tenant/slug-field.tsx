import { TextInput } from "@mantine/core";

type SlugFieldProps = { slug: string; value: string; onChange: (typed: string) => void };

/** Where a tenant's slug is typed, so that nobody does what can't be undone to another tenant than they mean. */
export function SlugField({ slug, value, onChange }: SlugFieldProps) {
  return (
    <TextInput
      label={
        <>
          Type <code>{slug}</code> to confirm
        </>
      }
      aria-label={`Type ${slug} to confirm`}
      data-autofocus
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
