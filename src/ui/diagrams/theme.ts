/** Mermaid's colours from the editor's: light, dark and high contrast. */

/** The part of Mermaid's configuration that colours a drawing as VS Code looks now. */
export function mermaidTheme(): Record<string, unknown> {
  const style = getComputedStyle(document.body);
  const colour = (name: string, fallback: string): string =>
    hex(style.getPropertyValue(`--vscode-${name}`).trim()) ?? fallback;
  const dark = document.body.matches('.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)');
  const background = colour('editor-background', dark ? '#1e1e1e' : '#ffffff');
  const text = colour('editor-foreground', dark ? '#d4d4d4' : '#333333');
  const line = colour('contrastBorder', colour('descriptionForeground', text));
  const raised = colour('editorWidget-background', background);
  return {
    theme: 'base',
    fontFamily: style.getPropertyValue('--vscode-font-family') || 'sans-serif',
    themeVariables: {
      darkMode: dark,
      background,
      mainBkg: raised,
      primaryColor: raised,
      primaryTextColor: text,
      primaryBorderColor: line,
      secondaryColor: raised,
      tertiaryColor: background,
      lineColor: line,
      textColor: text,
      noteBkgColor: raised,
      noteTextColor: text,
      edgeLabelBackground: background,
    },
  };
}

/** Mermaid reckons with plain colours; one with transparency loses it. */
function hex(colour: string): string | undefined {
  return /^#[0-9a-f]{6}/i.exec(colour)?.[0];
}
