import { createUpload } from "@/lib/bulk/create-upload";
import { takeUpload } from "@/lib/bulk/upload-file";
import { upload } from "@/lib/http/upload";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = upload(createUpload, takeUpload);
