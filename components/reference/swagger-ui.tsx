"use client";

import "swagger-ui-dist/swagger-ui.css";
import "./swagger-ui.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-es-bundle";

/** Swagger UI, from our own server: it asks nobody else, and keeps no key. */
export function SwaggerUi() {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    document.documentElement.classList.toggle("dark-mode", scheme === "dark");
    return () => document.documentElement.classList.remove("dark-mode");
  }, [scheme]);
  useEffect(() => {
    SwaggerUIBundle({
      domNode: place.current,
      url: "/api/tenancy/openapi.json",
      validatorUrl: null,
      deepLinking: true,
      docExpansion: "none",
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      filter: true,
      persistAuthorization: false,
      tryItOutEnabled: true,
    });
  }, []);
  return <div ref={place} />;
}
