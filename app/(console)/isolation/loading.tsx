import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Isolation" parts={[92, 240, 320]} />;
}
