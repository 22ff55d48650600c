import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="New bulk run" parts={[80, 160, 160]} />;
}
