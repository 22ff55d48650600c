import classes from "./filter-chips.module.css";
import { count } from "./format";

type FilterChipsProps<Value extends string> = {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; count?: number }[];
  onChange: (value: Value) => void;
};

/** One of a few ways to narrow a list. */
export function FilterChips<Value extends string>({ label, value, choices, onChange }: FilterChipsProps<Value>) {
  return (
    <fieldset className={classes.chips} aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={classes.chip}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
          {choice.count !== undefined && <span className={classes.count}>{count(choice.count)}</span>}
        </button>
      ))}
    </fieldset>
  );
}
