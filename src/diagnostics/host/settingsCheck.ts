/** Checks that Qiao's settings and the proxy variables are valid. */

import { l10n } from 'vscode';
import { parseProfile } from '../../providers/common/connectionProfile.ts';
import { type Check, ok, problem, warning } from './check.ts';
import { settingStep } from './steps.ts';

export interface SettingsInput {
  /** The raw value of `qiao.connections`. */
  connections: unknown;
  /** The value of `qiao.model`. */
  model: string;
  /** The environment variables, for those of proxies. */
  environment: NodeJS.ProcessEnv;
  /** Whether Qiao uses a proxy. */
  hasProxy: boolean;
}

export function settingsCheck({ connections, model, environment, hasProxy }: SettingsInput): Check {
  return {
    title: l10n.t('Settings'),
    async run() {
      const entries: unknown[] = Array.isArray(connections) ? connections : [];
      const profiles = entries.map(parseProfile);
      const correct = settingStep(
        l10n.t('Correct it in the settings, or set it up again.'),
        'qiao.connections',
      );
      if (connections !== undefined && !Array.isArray(connections))
        return problem(l10n.t('“qiao.connections” is no list, so it is left out.'), correct);
      const unreadable = profiles.findIndex((profile) => !profile);
      if (unreadable >= 0) {
        const text = l10n.t(
          'Entry {0} of “qiao.connections” cannot be read, so it is left out.',
          unreadable + 1,
        );
        return problem(text, correct);
      }
      const ids = ['dashscope', ...profiles.map((profile) => profile?.id ?? '')];
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice) {
        return warning(l10n.t('Two connections have the id “{0}”; the first one counts.', twice), correct);
      }
      const [head = ''] = model.split('/', 1);
      if (model.includes('/') && !ids.includes(head)) {
        return warning(
          l10n.t(
            'The chosen model belongs to a connection that is not there; DashScope is asked in its place.',
          ),
          {
            text: l10n.t('Choose a model.'),
            command: { title: l10n.t('Select Model'), command: 'qiao.selectModel' },
          },
        );
      }
      const socks = proxyVariables.find((name) =>
        /^socks/i.test(environment[name] ?? environment[name.toLowerCase()] ?? ''),
      );
      if (socks && !hasProxy) {
        const text = l10n.t('{0} names a SOCKS proxy, which Qiao cannot use.', socks);
        return warning(
          text,
          settingStep(
            l10n.t('Name an HTTP proxy in “http.proxy”; most proxy programs offer one too.'),
            'http.proxy',
          ),
        );
      }
      return ok(l10n.t('Connections: {0}.', ids.length));
    },
  };
}

const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];
