import { Skeleton } from "@mantine/core";
import { PageHeader } from "@/components/ui/page-header";
import classes from "./page-skeleton.module.css";

/** What a page looks like while it is read: its title at once, then the places of its parts. */
export function PageSkeleton({ title, parts }: { title: string; parts: readonly number[] }) {
  return (
    <div aria-busy="true">
      <PageHeader title={title} note="Loading…" />
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
