import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { count } from "@/components/ui/format";
import classes from "./filter-menu.module.css";

export type Facet = { value: string; label: string; tenants: number | null };

type FacetGroupProps = {
  name: string;
  facets: readonly Facet[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** More than these are not read through, but searched. */
const most = 8;

/** One thing to narrow the list by, as boxes; where there are many, the commonest and a field to find others. */
export function FacetGroup({ name, facets, chosen, onChange }: FacetGroupProps) {
  const [search, setSearch] = useState("");
  if (facets.length === 0) return null;
  const many = facets.length > most;
  const found = facets.filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()));
  const shown = found.filter(({ value }, index) => index < most || chosen.includes(value));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{name}</legend>
      {many && (
        <TextInput
          size="xs"
          aria-label={`Find in ${name.toLowerCase()}`}
          placeholder={`Find among ${count(facets.length)}`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {shown.map(({ value, label, tenants }) => (
        <Checkbox
          key={value}
          size="xs"
          label={
            <span className={classes.choice}>
              <span>{label}</span> {tenants !== null && <span className={classes.count}>{count(tenants)}</span>}
            </span>
          }
          classNames={{ root: classes.box ?? "", body: classes.body ?? "", labelWrapper: classes.label ?? "" }}
          checked={chosen.includes(value)}
          onChange={() => toggle(value)}
        />
      ))}
      {found.length > shown.length && <p className={classes.more}>{count(found.length - shown.length)} more</p>}
      {found.length === 0 && <p className={classes.more}>None has this in its name.</p>}
    </fieldset>
  );
}
