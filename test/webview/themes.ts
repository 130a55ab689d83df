/** The variables VS Code sets in its webviews, as far as the panel reads them, for its four standard themes. */

import { isFullRun } from '../support/fullRun.ts';

export type ThemeName = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

/** The class VS Code puts on `body`. */
export const bodyClasses: Readonly<Record<ThemeName, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast-light vscode-high-contrast',
};

/** The first and the last of them; all when how pages look has changed, or in a full run. */
export function themesToCheck<Name extends ThemeName>(all: readonly Name[]): readonly Name[] {
  const isFull = isFullRun(['src/ui', 'src/chat/webview', 'media', 'test/webview/themes.ts']);
  return isFull ? all : all.filter((_, place) => place === 0 || place === all.length - 1);
}

const fonts = {
  'font-family': 'system-ui, "Ubuntu", "Noto Sans CJK SC", sans-serif',
  'font-size': '13px',
  'font-weight': 'normal',
  'editor-font-family': '"Droid Sans Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace',
  'editor-font-size': '13px',
};

const dark = {
  foreground: '#cccccc',
  descriptionForeground: '#9d9d9d',
  disabledForeground: 'rgba(204, 204, 204, 0.5)',
  errorForeground: '#f85149',
  'icon-foreground': '#cccccc',
  focusBorder: '#0078d4',
  'sideBar-background': '#181818',
  'editor-background': '#1f1f1f',
  'sideBarSectionHeader-border': '#2b2b2b',
  'input-background': '#313131',
  'input-foreground': '#cccccc',
  'input-border': '#3c3c3c',
  'input-placeholderForeground': '#989898',
  'inputValidation-errorBorder': '#be1100',
  'dropdown-background': '#313131',
  'dropdown-border': '#3c3c3c',
  'dropdown-foreground': '#cccccc',
  'button-background': '#0078d4',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#026ec1',
  'button-border': 'rgba(255, 255, 255, 0.07)',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'button-secondaryHoverBackground': '#3c3c3c',
  'toolbar-hoverBackground': 'rgba(90, 93, 94, 0.31)',
  'toolbar-activeBackground': 'rgba(99, 102, 103, 0.31)',
  'list-hoverBackground': '#2a2d2e',
  'list-highlightForeground': '#2aaaff',
  'editor-findMatchBackground': '#9e6a03',
  'editor-findMatchHighlightBackground': 'rgba(234, 92, 0, 0.33)',
  'list-activeSelectionBackground': '#04395e',
  'list-activeSelectionForeground': '#ffffff',
  'quickInputList-focusBackground': '#04395e',
  'quickInputList-focusForeground': '#ffffff',
  'menu-background': '#1f1f1f',
  'menu-foreground': '#cccccc',
  'menu-border': '#454545',
  'editorWidget-background': '#202020',
  'editorWidget-foreground': '#cccccc',
  'editorWidget-border': '#454545',
  'widget-border': '#313131',
  'widget-shadow': 'rgba(0, 0, 0, 0.36)',
  'textLink-foreground': '#4daafc',
  'textLink-activeForeground': '#4daafc',
  'textPreformat-foreground': '#d0d0d0',
  'textPreformat-background': '#3c3c3c',
  'textCodeBlock-background': '#2b2b2b',
  'textBlockQuote-background': '#2b2b2b',
  'textBlockQuote-border': '#616161',
  'textSeparator-foreground': '#21262d',
  'chat-requestBorder': 'rgba(255, 255, 255, 0.1)',
  'chat-requestBackground': 'rgba(31, 31, 31, 0.62)',
  'chat-requestBubbleBackground': 'rgba(38, 79, 120, 0.3)',
  'keybindingTable-headerBackground': 'rgba(204, 204, 204, 0.04)',
  'checkbox-background': '#313131',
  'editorWarning-foreground': '#cca700',
  'activityBarBadge-background': '#0078d4',
  'scrollbarSlider-background': 'rgba(121, 121, 121, 0.4)',
};

const light: typeof dark = {
  foreground: '#3b3b3b',
  descriptionForeground: '#3b3b3b',
  disabledForeground: 'rgba(97, 97, 97, 0.5)',
  errorForeground: '#f85149',
  'icon-foreground': '#3b3b3b',
  focusBorder: '#005fb8',
  'sideBar-background': '#f8f8f8',
  'editor-background': '#ffffff',
  'sideBarSectionHeader-border': '#e5e5e5',
  'input-background': '#ffffff',
  'input-foreground': '#3b3b3b',
  'input-border': '#cecece',
  'input-placeholderForeground': '#767676',
  'inputValidation-errorBorder': '#be1100',
  'dropdown-background': '#ffffff',
  'dropdown-border': '#cecece',
  'dropdown-foreground': '#3b3b3b',
  'button-background': '#005fb8',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#0258a8',
  'button-border': 'rgba(0, 0, 0, 0.1)',
  'button-secondaryBackground': '#e5e5e5',
  'button-secondaryForeground': '#3b3b3b',
  'button-secondaryHoverBackground': '#cccccc',
  'toolbar-hoverBackground': 'rgba(184, 184, 184, 0.31)',
  'toolbar-activeBackground': 'rgba(166, 166, 166, 0.31)',
  'list-hoverBackground': '#f2f2f2',
  'list-highlightForeground': '#0066bf',
  'editor-findMatchBackground': '#a8ac94',
  'editor-findMatchHighlightBackground': 'rgba(234, 92, 0, 0.33)',
  'list-activeSelectionBackground': '#e8e8e8',
  'list-activeSelectionForeground': '#000000',
  'quickInputList-focusBackground': '#e8e8e8',
  'quickInputList-focusForeground': '#000000',
  'menu-background': '#ffffff',
  'menu-foreground': '#3b3b3b',
  'menu-border': '#cecece',
  'editorWidget-background': '#f8f8f8',
  'editorWidget-foreground': '#3b3b3b',
  'editorWidget-border': '#c8c8c8',
  'widget-border': '#e5e5e5',
  'widget-shadow': 'rgba(0, 0, 0, 0.16)',
  'textLink-foreground': '#005fb8',
  'textLink-activeForeground': '#005fb8',
  'textPreformat-foreground': '#3b3b3b',
  'textPreformat-background': 'rgba(0, 0, 0, 0.12)',
  'textCodeBlock-background': '#f8f8f8',
  'textBlockQuote-background': '#f8f8f8',
  'textBlockQuote-border': '#e5e5e5',
  'textSeparator-foreground': '#21262d',
  'chat-requestBorder': 'rgba(0, 0, 0, 0.1)',
  'chat-requestBackground': 'rgba(255, 255, 255, 0.62)',
  'chat-requestBubbleBackground': 'rgba(173, 206, 255, 0.48)',
  'keybindingTable-headerBackground': 'rgba(59, 59, 59, 0.04)',
  'checkbox-background': '#f8f8f8',
  'editorWarning-foreground': '#bf8803',
  'activityBarBadge-background': '#005fb8',
  'scrollbarSlider-background': 'rgba(100, 100, 100, 0.4)',
};

const highContrast = {
  foreground: '#ffffff',
  descriptionForeground: 'rgba(255, 255, 255, 0.7)',
  disabledForeground: '#a5a5a5',
  errorForeground: '#f48771',
  'icon-foreground': '#ffffff',
  focusBorder: '#f38518',
  contrastBorder: '#6fc3df',
  contrastActiveBorder: '#f38518',
  'sideBar-background': '#000000',
  'editor-background': '#000000',
  'input-background': '#000000',
  'input-foreground': '#ffffff',
  'input-border': '#6fc3df',
  'input-placeholderForeground': 'rgba(255, 255, 255, 0.7)',
  'dropdown-background': '#000000',
  'dropdown-border': '#6fc3df',
  'dropdown-foreground': '#ffffff',
  'button-background': '#000000',
  'button-foreground': '#ffffff',
  'button-border': '#6fc3df',
  'button-secondaryBackground': '#000000',
  'button-secondaryForeground': '#ffffff',
  'toolbar-hoverOutline': '#f38518',
  'list-highlightForeground': '#f38518',
  'editor-findMatchBorder': '#f38518',
  'editor-findMatchHighlightBorder': '#f38518',
  'menu-background': '#000000',
  'menu-foreground': '#ffffff',
  'menu-border': '#6fc3df',
  'editorWidget-background': '#0c141f',
  'editorWidget-foreground': '#ffffff',
  'editorWidget-border': '#6fc3df',
  'widget-border': '#6fc3df',
  'textLink-foreground': '#21a6ff',
  'textLink-activeForeground': '#21a6ff',
  'textPreformat-foreground': '#ffffff',
  'textPreformat-background': '#000000',
  'textPreformat-border': '#6fc3df',
  'textCodeBlock-background': '#000000',
  'textBlockQuote-border': '#ffffff',
  'textSeparator-foreground': '#000000',
  'chat-requestBackground': '#000000',
  'editorWarning-foreground': '#ffd370',
  'activityBarBadge-background': '#000000',
};

const highContrastLight: typeof highContrast = {
  ...highContrast,
  foreground: '#292929',
  descriptionForeground: 'rgba(41, 41, 41, 0.7)',
  disabledForeground: '#7f7f7f',
  errorForeground: '#b5200d',
  'icon-foreground': '#292929',
  focusBorder: '#006bbd',
  contrastBorder: '#0f4a85',
  contrastActiveBorder: '#006bbd',
  'sideBar-background': '#ffffff',
  'editor-background': '#ffffff',
  'input-background': '#ffffff',
  'input-foreground': '#292929',
  'input-border': '#0f4a85',
  'input-placeholderForeground': 'rgba(41, 41, 41, 0.7)',
  'dropdown-background': '#ffffff',
  'dropdown-border': '#0f4a85',
  'dropdown-foreground': '#292929',
  'button-background': '#0f4a85',
  'button-foreground': '#ffffff',
  'button-border': '#0f4a85',
  'button-secondaryBackground': '#ffffff',
  'button-secondaryForeground': '#292929',
  'toolbar-hoverOutline': '#006bbd',
  'list-highlightForeground': '#006bbd',
  'editor-findMatchBorder': '#006bbd',
  'editor-findMatchHighlightBorder': '#006bbd',
  'menu-background': '#ffffff',
  'menu-foreground': '#292929',
  'menu-border': '#0f4a85',
  'editorWidget-background': '#ffffff',
  'editorWidget-foreground': '#292929',
  'editorWidget-border': '#0f4a85',
  'widget-border': '#0f4a85',
  'textLink-foreground': '#0f4a85',
  'textLink-activeForeground': '#0f4a85',
  'textPreformat-foreground': '#ffffff',
  'textPreformat-background': '#09345f',
  'textPreformat-border': '#0f4a85',
  'textCodeBlock-background': '#f2f2f2',
  'textBlockQuote-border': '#292929',
  'textSeparator-foreground': '#292929',
  'chat-requestBackground': '#ffffff',
  'editorWarning-foreground': '#895503',
};

const themes: Readonly<Record<ThemeName, Readonly<Record<string, string>>>> = {
  dark,
  light,
  'high-contrast': highContrast,
  'high-contrast-light': highContrastLight,
};

/** What VS Code itself styles in every webview, as far as it meets the panel's elements. */
const webviewDefaults = `
  body { background-color: transparent; color: var(--vscode-foreground); font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:hover { color: var(--vscode-textLink-activeForeground); }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background);
    padding: 1px 3px; border-radius: 4px; }
  pre code { padding: 0; }
  blockquote { background: var(--vscode-textBlockQuote-background); border-color: var(--vscode-textBlockQuote-border); }`;

/** A style sheet that sets a theme's variables. */
export function themeStyle(name: ThemeName): string {
  const lines = Object.entries({ ...fonts, ...themes[name] }).map(
    ([key, value]) => `--vscode-${key}: ${value};`,
  );
  return `html { ${lines.join(' ')} scrollbar-color: var(--vscode-scrollbarSlider-background, auto) transparent; }
    html { background: var(--vscode-sideBar-background); }
    ${webviewDefaults}`;
}
