import { Skeleton } from "@mantine/core";
import type { Crumb } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import classes from "./page-skeleton.module.css";

type PageSkeletonProps = {
  title: string;
  /** The heights of the page's parts, in pixels. */
  parts: readonly number[];
  /** The pages above, for a page below a place. */
  trail?: readonly Crumb[];
};

/** What a page looks like while it is read: where it stands and its title at once, then the places of its parts. */
export function PageSkeleton({ title, parts, trail }: PageSkeletonProps) {
  return (
    <div aria-busy="true">
      <PageHeader title={title} note="Loading…" {...(trail && { crumbs: { trail, here: title } })} />
      <div className={classes.stack}>
        {parts.map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change
          <Skeleton key={index} height={height} radius="lg" />
        ))}
      </div>
    </div>
  );
}

/** The rows of a list while it is read. */
export function ListSkeleton({ title }: { title: string }) {
  return <PageSkeleton title={title} parts={[36, ...Array<number>(12).fill(42)]} />;
}
