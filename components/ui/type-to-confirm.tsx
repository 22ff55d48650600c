import { TextInput } from "@mantine/core";

type TypeToConfirmProps = { name: string; value: string; onChange: (typed: string) => void };

/** Where a thing's name is typed, so that nobody does what can't be undone to another thing than they mean. */
export function TypeToConfirm({ name, value, onChange }: TypeToConfirmProps) {
  return (
    <TextInput
      label={
        <>
          Type <code>{name}</code> to confirm
        </>
      }
      aria-label={`Type ${name} to confirm`}
      data-autofocus
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
