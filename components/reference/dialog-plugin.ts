type Component = (props: object) => unknown;
type React = { createElement: (type: string | Component, props: object | null, ...children: unknown[]) => unknown };

/** Swagger UI's dialog, told to assistive technology as one, whose button to close it has a name. */
export const dialogPlugin = () => ({
  wrapComponents: {
    authorizationPopup:
      (Original: Component, { React }: { React: React }) =>
      (props: object) =>
        React.createElement(
          "div",
          { role: "dialog", "aria-modal": true, "aria-label": "Authorize" },
          React.createElement(Original, props),
        ),
    CloseIcon:
      (Original: Component, { React }: { React: React }) =>
      (props: object) =>
        React.createElement(
          "span",
          { role: "img", "aria-label": "Close the dialog" },
          React.createElement(Original, props),
        ),
  },
});
