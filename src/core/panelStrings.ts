/** The texts of the panel by key; the host fills them in the display language. `{0}` marks a value. */

export type PanelStringKey =
  | 'composer.placeholder'
  | 'composer.label'
  | 'composer.send'
  | 'composer.stop'
  | 'welcome.title';

export type PanelStrings = Record<PanelStringKey, string>;
