"use client";

import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const petrol: MantineColorsTuple = [
  "#eef7f9",
  "#d7ecf1",
  "#afd9e3",
  "#84c5d4",
  "#5fb4c7",
  "#3a9db3",
  "#1f8299",
  "#106a80",
  "#0b5567",
  "#083e4c",
];

const gray: MantineColorsTuple = [
  "#f6f8f9",
  "#eef2f4",
  "#e1e7eb",
  "#cfd8de",
  "#b0bcc5",
  "#85949f",
  "#62717c",
  "#485660",
  "#303c45",
  "#1a242c",
];

const dark: MantineColorsTuple = [
  "#dfe6ea",
  "#b9c4cb",
  "#95a2ab",
  "#6c7a84",
  "#3b464e",
  "#2a333a",
  "#1d252b",
  "#141a1f",
  "#0e1317",
  "#090d10",
];

const red: MantineColorsTuple = [
  "#fdf0ef",
  "#fadbd8",
  "#f3b5af",
  "#ec8c83",
  "#e66a5e",
  "#dd5144",
  "#c93d30",
  "#b02e23",
  "#93251c",
  "#6e1b15",
];

// A filled button's text must follow the colour scheme: the accent is dark on light and light on dark.
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const name = input.color ?? input.theme.primaryColor;
  if (input.variant === "filled" && (name === "petrol" || name === "red")) colors.color = `var(--t-on-${name})`;
  return colors;
};

/** The product's look for Mantine: petrol as the only accent, cool greys, small radii, quiet shadows. */
export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  variantColorResolver: variantColors,
  luminanceThreshold: 0.28,
  colors: { petrol, gray, dark, red },
  black: "#131c23",
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "0.9375rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "14px" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  shadows: {
    xs: "0 1px 2px rgb(10 20 28 / 6%)",
    sm: "0 1px 3px rgb(10 20 28 / 8%)",
    md: "0 6px 20px rgb(10 20 28 / 12%)",
    lg: "0 12px 32px rgb(10 20 28 / 16%)",
    xl: "0 20px 56px rgb(10 20 28 / 22%)",
  },
  components: {
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { "aria-label": "Show password" } } },
    Button: { defaultProps: { size: "sm" } },
    // A placeholder in red reads like a value that was typed and refused.
    Input: { styles: { input: { "--input-placeholder-color": "var(--mantine-color-placeholder)" } } },
    Modal: {
      defaultProps: {
        radius: "lg",
        // A form's height changes while it is sent: a second click beside it must not throw away what was typed.
        closeOnClickOutside: false,
        overlayProps: { backgroundOpacity: 0.45 },
        transitionProps: { duration: 120 },
      },
    },
    Tooltip: {
      defaultProps: { openDelay: 250, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    },
    Menu: { defaultProps: { shadow: "md" } },
    Popover: { defaultProps: { shadow: "md" } },
  },
});

const surface = {
  "--mantine-color-body": "var(--t-panel)",
  "--mantine-color-text": "var(--t-text)",
  "--mantine-color-dimmed": "var(--t-muted)",
  "--mantine-color-placeholder": "var(--t-muted)",
  "--mantine-color-default": "var(--t-panel)",
  "--mantine-color-default-hover": "var(--t-hover)",
  "--mantine-color-default-border": "var(--t-line-strong)",
  "--mantine-color-error": "var(--t-bad)",
  "--mantine-color-anchor": "var(--t-accent)",
};

/** Ties Mantine's surfaces to the tokens in tokens.css, in both colour schemes. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: surface, dark: surface });
