"use client";

import "swagger-ui-dist/swagger-ui.css";
import "./swagger-ui.css";
import { useComputedColorScheme } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-es-bundle";
import { plural } from "@/components/ui/plural";
import { SearchField } from "@/components/ui/search-field";
import { dialogPlugin } from "./dialog-plugin";
import { documentPlugin } from "./document-plugin";
import classes from "./reference.module.css";
import { resolvePlugin } from "./resolve-plugin";
import { countShown, type System, searchPlugin } from "./search-plugin";

/** Swagger UI, from our own server: it asks nobody else, and keeps no key. */
export function SwaggerUi() {
  const place = useRef<HTMLDivElement>(null);
  const system = useRef<System>(null);
  const [phrase, setPhrase] = useState("");
  const [shown, setShown] = useState<number | null>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    document.documentElement.classList.toggle("dark-mode", scheme === "dark");
    return () => document.documentElement.classList.remove("dark-mode");
  }, [scheme]);
  useEffect(() => {
    system.current = SwaggerUIBundle({
      domNode: place.current,
      url: "/api/tenancy/openapi.json",
      validatorUrl: null,
      deepLinking: true,
      docExpansion: "none",
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      persistAuthorization: false,
      tryItOutEnabled: true,
      plugins: [documentPlugin, dialogPlugin, searchPlugin, resolvePlugin],
      onComplete: () => system.current && setShown(countShown(system.current)),
    }) as System;
  }, []);
  // Sections that match are drawn anew, which takes longer than typing.
  const search = useDebouncedCallback((words: string) => {
    if (!system.current) return;
    system.current.layoutActions.updateFilter(words);
    setShown(countShown(system.current));
  }, 200);
  return (
    <>
      <div className={classes.search}>
        <SearchField
          label="Find operations"
          placeholder="Find by section, path, method or words"
          value={phrase}
          onChange={(value) => {
            setPhrase(value);
            search(value.trim());
          }}
        />
        <span role="status">
          {shown !== null && (shown === 0 ? "No operation matches." : plural(shown, "operation"))}
        </span>
      </div>
      <div ref={place} data-none={shown === 0 || undefined} />
    </>
  );
}
