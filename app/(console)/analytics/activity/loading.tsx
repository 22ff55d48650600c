import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Activity" parts={[36, 60, 480]} />;
}
