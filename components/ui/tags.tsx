import { Link } from "@/components/ui/link";
import classes from "./tags.module.css";

type TagsProps = {
  tags: readonly string[];
  most?: number;
  linked?: boolean;
  /** What a click on one does. */
  onPick?: (tag: string) => void;
};

/** Words as small chips; those beyond `most` are counted, and named on hover. Linked, each leads to its tenants. */
export function Tags({ tags, most = tags.length, linked = false, onPick }: TagsProps) {
  if (tags.length === 0) return null;
  const more = tags.slice(most);
  return (
    <span className={classes.tags}>
      {tags.slice(0, most).map((tag) => (
        <Tag key={tag} tag={tag} linked={linked} onPick={onPick} />
      ))}
      {more.length > 0 && (
        <span className={classes.more} title={more.join(", ")}>
          +{more.length}
        </span>
      )}
    </span>
  );
}

function Tag({ tag, linked, onPick }: { tag: string; linked: boolean; onPick: TagsProps["onPick"] | undefined }) {
  if (linked)
    return (
      <Link href={`/tenants?tag=${encodeURIComponent(tag)}`} className={classes.tag} title={tag}>
        {tag}
      </Link>
    );
  const chip = (
    <span className={classes.tag} title={tag}>
      {tag}
    </span>
  );
  if (!onPick) return chip;
  return (
    <button
      type="button"
      className={classes.pick}
      aria-label={`${tag}: narrow by this tag`}
      onClick={() => onPick(tag)}
    >
      {chip}
    </button>
  );
}
