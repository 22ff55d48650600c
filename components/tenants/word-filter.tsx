import { X } from "lucide-react";
import classes from "@/components/ui/filter-chips.module.css";

type WordFilterProps = {
  name: string;
  words: string[];
  /** How a word is shown. */
  shown?: (word: string) => string;
  onChange: (words: string[]) => void;
};

/** Says that the list is narrowed to some words, such as tags, and undoes it. */
export function WordFilter({ name, words, shown = (word) => word, onChange }: WordFilterProps) {
  return words.map((word) => (
    <button
      key={word}
      type="button"
      className={classes.chip}
      onClick={() => onChange(words.filter((each) => each !== word))}
      aria-label={`${name} ${shown(word)}: stop narrowing by it`}
    >
      {name} {shown(word)}
      <X size={13} aria-hidden="true" />
    </button>
  ));
}
