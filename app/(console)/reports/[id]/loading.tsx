import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Report" parts={[120, 160, 180]} />;
}
