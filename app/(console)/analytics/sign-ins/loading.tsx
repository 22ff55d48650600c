import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Sign-ins" parts={[92, 260, 320]} />;
}
