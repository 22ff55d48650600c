import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Performance" parts={[340, 300, 260]} />;
}
