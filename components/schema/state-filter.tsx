import { X } from "lucide-react";
import classes from "@/components/ui/filter-chips.module.css";
import { count } from "@/components/ui/format";
import { type SchemaOverview, type SchemaState, schemaStates } from "@/lib/drift/contract";
import own from "./schema.module.css";
import type { SchemaSearch } from "./search-schema";
import { stateWords } from "./states";

type StateFilterProps = {
  overview: SchemaOverview;
  view: SchemaSearch;
  change: (part: Partial<SchemaSearch>) => void;
};

/** Narrows the tenants to some states, each with its number; a version that was chosen stands beside. */
export function StateFilter({ overview: { counts }, view: { state, version }, change }: StateFilterProps) {
  const toggle = (one: SchemaState) =>
    change({ state: state.includes(one) ? state.filter((each) => each !== one) : [...state, one] });
  return (
    <fieldset className={`${classes.chips} ${own.chips}`} aria-label="Filter by state">
      <button
        type="button"
        className={classes.chip}
        aria-pressed={state.length === 0}
        onClick={() => change({ state: [] })}
      >
        All
      </button>
      {schemaStates.map((one) => (
        <button
          key={one}
          type="button"
          className={classes.chip}
          aria-pressed={state.includes(one)}
          title={stateWords[one].title}
          onClick={() => toggle(one)}
        >
          {stateWords[one].word} <span className={classes.count}>{count(counts[one])}</span>
        </button>
      ))}
      {version !== null && (
        <button
          type="button"
          className={classes.chip}
          onClick={() => change({ version: null })}
          aria-label={`At ${version === "" ? "no migration" : version}: show all versions`}
        >
          At {version === "" ? "no migration" : version}
          <X size={13} aria-hidden="true" />
        </button>
      )}
    </fieldset>
  );
}
