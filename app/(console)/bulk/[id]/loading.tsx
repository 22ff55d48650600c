import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Bulk run" parts={[180, 60, 420]} />;
}
