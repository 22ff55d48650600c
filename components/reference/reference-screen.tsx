"use client";

import { Loader } from "@mantine/core";
import dynamic from "next/dynamic";
import { Logo } from "@/components/brand/logo";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { Link } from "@/components/ui/link";
import classes from "./reference.module.css";

const SwaggerUi = dynamic(() => import("./swagger-ui").then((module) => module.SwaggerUi), {
  ssr: false,
  loading: () => <Loader className={classes.loader} aria-label="Loading the reference" />,
});

/** The reference of the REST API, in which every operation can be tried. */
export function ReferenceScreen() {
  return (
    <>
      <header className={classes.header}>
        <Link href="/" className={classes.brand} aria-label="Tenantry, console">
          <Logo />
        </Link>
        <h1 className={classes.title}>API reference</h1>
        <div className={classes.theme}>
          <ThemeSwitch />
        </div>
      </header>
      <main className={classes.main}>
        <p className={classes.note}>
          What you try here is carried out for real: with your session when you are signed in, or with the API key that
          you give at “Authorize”, which this page forgets when it is closed.{" "}
          <a href="/api/tenancy/openapi.json">The document as JSON</a>
        </p>
        <SwaggerUi />
      </main>
    </>
  );
}
