import Link from "next/link";
import classes from "./tags.module.css";

type TagsProps = { tags: readonly string[]; most?: number; linked?: boolean };

/** Words as small chips; those beyond `most` are counted, and named on hover. Linked, each leads to its tenants. */
export function Tags({ tags, most = tags.length, linked = false }: TagsProps) {
  if (tags.length === 0) return null;
  const more = tags.slice(most);
  return (
    <span className={classes.tags}>
      {tags.slice(0, most).map((tag) =>
        linked ? (
          <Link key={tag} href={`/tenants?tag=${encodeURIComponent(tag)}`} className={classes.tag} title={tag}>
            {tag}
          </Link>
        ) : (
          <span key={tag} className={classes.tag} title={tag}>
            {tag}
          </span>
        ),
      )}
      {more.length > 0 && (
        <span className={classes.more} title={more.join(", ")}>
          +{more.length}
        </span>
      )}
    </span>
  );
}
